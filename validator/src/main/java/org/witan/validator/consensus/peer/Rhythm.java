package org.witan.validator.consensus.peer;

/**
 * When a node says how it stands (C12): every second while it starts or a block is due, every other
 * second while nothing is, because then nothing is lacking that was not said before.
 *
 * <p>Times are milliseconds of the node's clock. One thread.
 */
public final class Rhythm {
    private static final long PAUSE_MILLIS = 1_000;
    private static final long QUIET_PAUSE_MILLIS = 2_000;
    private static final long SPREAD_MILLIS = 200;

    /**
     * So long after its first word a node asks each member that it meets for its own votes (C11).
     */
    private static final long STARTING_MILLIS = 10_000;

    private final int index;
    private long startedUntil = Long.MAX_VALUE;
    private long lastMillis;
    private long hurryMillis;
    private long count;

    /**
     * The pauses of a node that has said nothing so far.
     *
     * @param index of the node in its set, so that no two speak in step
     */
    public Rhythm(int index) {
        this.index = index;
    }

    /** When to speak next, as things are now. */
    public long dueMillis(long nowMillis, boolean blockDue) {
        long pause = blockDue || isStarting(nowMillis) ? PAUSE_MILLIS : QUIET_PAUSE_MILLIS;
        long spread = Math.floorMod((index + 1) * 7919L + count * 104_729L, SPREAD_MILLIS);
        return Math.min(hurryMillis, lastMillis + pause + spread - SPREAD_MILLIS / 2);
    }

    /** Whether this node started so lately that it may not know all its own votes. */
    public boolean isStarting(long nowMillis) {
        return nowMillis < startedUntil;
    }

    /** The node spoke now. */
    public void said(long nowMillis) {
        startedUntil = Math.min(startedUntil, nowMillis + STARTING_MILLIS);
        lastMillis = nowMillis;
        hurryMillis = Long.MAX_VALUE;
        count++;
    }

    /** Something happened that the others should know then at the latest. */
    public void hurry(long byMillis) {
        hurryMillis = Math.min(hurryMillis, byMillis);
    }
}
