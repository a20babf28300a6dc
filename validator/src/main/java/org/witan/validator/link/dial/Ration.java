package org.witan.validator.link.dial;

/**
 * How many proven handshakes of one peer are taken: 30 at once, then one a second.
 *
 * <p>All times are milliseconds of the caller's clock. Not safe for threads. Source:
 * docs/protocol/link.md, K2.
 */
public final class Ration {
    private static final double BURST = 30;
    private static final double PER_MILLI = 1 / 1_000.0;

    private double left = BURST;
    private long countedMillis;

    /** A full ration. */
    public Ration(long nowMillis) {
        countedMillis = nowMillis;
    }

    /** Takes one; false if none is left. */
    public boolean take(long nowMillis) {
        left = Math.min(BURST, left + (nowMillis - countedMillis) * PER_MILLI);
        countedMillis = nowMillis;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
