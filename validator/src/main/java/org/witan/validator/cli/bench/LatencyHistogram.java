package org.witan.validator.cli.bench;

/**
 * Counts durations in buckets whose width grows with the value: each stands for its values with an
 * error below 1 %, from 1 µs to an hour, in 30 KiB.
 *
 * <p>Below 256 µs every microsecond has a bucket; above, each doubling has 128. Confined to one
 * thread; threads keep one each and {@link #add} them in the end.
 */
final class LatencyHistogram {
    private static final int LINEAR = 256;
    private static final int PER_DOUBLING = LINEAR / 2;
    private static final int DOUBLINGS = 24;
    private static final long MICROS_PER_HOUR = 3_600_000_000L;
    private static final double MICROS_PER_MILLI = 1000;

    private final long[] counts = new long[LINEAR + DOUBLINGS * PER_DOUBLING];
    private long total;
    private long maxMicros;

    /** Counts one duration; above an hour it counts as an hour. */
    void record(long micros) {
        long bounded = Math.clamp(micros, 0, MICROS_PER_HOUR);
        counts[bucket(bounded)]++;
        total++;
        maxMicros = Math.max(maxMicros, bounded);
    }

    /** Adds all that another one counted. */
    void add(LatencyHistogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        total += other.total;
        maxMicros = Math.max(maxMicros, other.maxMicros);
    }

    /** Number of durations. */
    long total() {
        return total;
    }

    /** The longest duration, exactly; 0 if there is none. */
    double maxMillis() {
        return maxMicros / MICROS_PER_MILLI;
    }

    /**
     * The least duration that so many of all do not exceed; 0 if there is none.
     *
     * @param share such as 0.99
     */
    double quantileMillis(double share) {
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return Math.min(upper(i), maxMicros) / MICROS_PER_MILLI;
            }
        }
        return 0;
    }

    private static int bucket(long micros) {
        if (micros < LINEAR) {
            return (int) micros;
        }
        int shift = 64 - Long.numberOfLeadingZeros(micros) - 8;
        return LINEAR + (shift - 1) * PER_DOUBLING + (int) (micros >>> shift) - PER_DOUBLING;
    }

    /** Greatest value of a bucket. */
    private static long upper(int bucket) {
        if (bucket < LINEAR) {
            return bucket;
        }
        int shift = (bucket - LINEAR) / PER_DOUBLING + 1;
        long first = (long) (bucket - LINEAR) % PER_DOUBLING + PER_DOUBLING;
        return (first + 1 << shift) - 1;
    }
}
