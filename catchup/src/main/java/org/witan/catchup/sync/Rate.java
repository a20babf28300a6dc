package org.witan.catchup.sync;

import java.util.ArrayDeque;
import java.util.Deque;

/** Blocks and bytes per second over the last five seconds. */
final class Rate {
    private static final long SPAN_MILLIS = 5_000;
    private static final int MOST_SAMPLES = 512;

    private record Sample(long atMillis, long blocks, long bytes) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private final long startMillis;
    private long blocks;
    private long bytes;

    Rate(long startMillis) {
        this.startMillis = startMillis;
    }

    /** Counts what was appended. */
    void add(long nowMillis, long moreBlocks, long moreBytes) {
        samples.addLast(new Sample(nowMillis, moreBlocks, moreBytes));
        blocks += moreBlocks;
        bytes += moreBytes;
        drop(nowMillis);
    }

    long blocksPerSecond(long nowMillis) {
        drop(nowMillis);
        return blocks * 1000 / spanMillis(nowMillis);
    }

    long bytesPerSecond(long nowMillis) {
        drop(nowMillis);
        return bytes * 1000 / spanMillis(nowMillis);
    }

    private void drop(long nowMillis) {
        while (!samples.isEmpty()
                && (samples.size() > MOST_SAMPLES
                        || samples.getFirst().atMillis < nowMillis - SPAN_MILLIS)) {
            Sample old = samples.removeFirst();
            blocks -= old.blocks;
            bytes -= old.bytes;
        }
    }

    private long spanMillis(long nowMillis) {
        long since = samples.size() >= MOST_SAMPLES ? samples.getFirst().atMillis : startMillis;
        return Math.clamp(nowMillis - since, 1, SPAN_MILLIS);
    }
}
