package org.witan.catchup.serve;

/** Bytes that may be spent: so many per second, saved up to a bound. Debts are paid first. */
final class Budget {
    private final long bytesPerSecond;
    private final long mostBytes;
    private long bytes;
    private long atMillis;

    Budget(long bytesPerSecond, int burstSeconds, long nowMillis) {
        this.bytesPerSecond = bytesPerSecond;
        mostBytes = bytesPerSecond * burstSeconds;
        bytes = mostBytes;
        atMillis = nowMillis;
    }

    /** Milliseconds until something may be spent; 0 if it may be now. */
    long waitMillis(long nowMillis) {
        fill(nowMillis);
        return bytes > 0 ? 0 : -bytes * 1000 / bytesPerSecond + 1;
    }

    /** Spends, into debt if need be. */
    void spend(long spentBytes) {
        bytes -= spentBytes;
    }

    /** Whether nothing is known of the past that a new budget would not know. */
    boolean isFull(long nowMillis) {
        fill(nowMillis);
        return bytes == mostBytes;
    }

    private void fill(long nowMillis) {
        long passedMillis = Math.clamp(nowMillis - atMillis, 0, 3_600_000);
        long earned = passedMillis * bytesPerSecond / 1000;
        if (earned > 0) {
            bytes = Math.min(mostBytes, bytes + earned);
            atMillis = nowMillis;
        }
    }
}
