package org.witan.validator.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How often values fell into which range: a histogram as a value.
 *
 * @param bounds upper bounds of the ranges, inclusive, strictly ascending
 * @param counts values in each range; one more than bounds, the last for what exceeds them all
 * @param sum of all values
 */
public record Distribution(List<Double> bounds, List<Long> counts, double sum) {
    /**
     * Copies both lists.
     *
     * @throws IllegalArgumentException if there is not one count more than there are bounds
     */
    public Distribution {
        if (counts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException("one count more than bounds");
        }
        bounds = List.copyOf(bounds);
        counts = List.copyOf(counts);
    }

    /** No values yet. */
    public static Distribution over(List<Double> bounds) {
        return new Distribution(bounds, Collections.nCopies(bounds.size() + 1, 0L), 0);
    }

    /** For intervals in seconds, from 10 milliseconds to 10 minutes. */
    public static Distribution ofSeconds() {
        return over(
                List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 600.0));
    }

    /** For writes to a disk in seconds, from 0.1 milliseconds to 1 second. */
    public static Distribution ofDiskSeconds() {
        return over(List.of(0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0));
    }

    /** For small numbers of things, from 1 to 64. */
    public static Distribution ofCounts() {
        return over(List.of(1.0, 2.0, 3.0, 4.0, 8.0, 16.0, 64.0));
    }

    /** This distribution with one value more. */
    public Distribution plus(double value) {
        int range = 0;
        while (range < bounds.size() && value > bounds.get(range)) {
            range++;
        }
        List<Long> more = new ArrayList<>(counts);
        more.set(range, more.get(range) + 1);
        return new Distribution(bounds, more, sum + value);
    }
}
