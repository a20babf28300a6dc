package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/** Measured times, and what they must stay below. */
final class Figures {
    /** Other work on the machine may stretch a single time, but not the usual one. */
    private static final int SLACK = Integer.getInteger("slack", 3);

    private Figures() {}

    /** Requires that half of all stay below a limit, and each below a multiple of it. */
    static void require(String what, List<Long> millis, Duration limit) {
        List<Long> sorted = millis.stream().sorted().toList();
        assertThat(sorted).as(what).isNotEmpty();
        assertThat(sorted.get(sorted.size() / 2))
                .as("median of: %s", what)
                .isLessThan(limit.toMillis());
        assertThat(sorted.getLast())
                .as("greatest of: %s", what)
                .isLessThan(SLACK * limit.toMillis());
    }

    /** Median, 99th percentile and greatest of some milliseconds. */
    static String of(List<Long> millis) {
        if (millis.isEmpty()) {
            return "never";
        }
        List<Long> sorted = millis.stream().sorted().toList();
        return "p50 %d ms, p99 %d ms, max %d ms of %d"
                .formatted(
                        sorted.get(sorted.size() / 2),
                        sorted.get(sorted.size() * 99 / 100),
                        sorted.getLast(),
                        sorted.size());
    }
}
