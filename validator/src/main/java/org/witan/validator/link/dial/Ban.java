package org.witan.validator.link.dial;

/**
 * How long a peer that broke the rules is kept out: 1 s, doubling to 5 minutes with each time; ten
 * minutes without one are good behaviour, after which it begins anew.
 *
 * <p>What is found while it is kept out belongs to what it is kept out for. All times are
 * milliseconds of the caller's clock. Not safe for threads. Source: docs/protocol/link.md, K3.
 */
public final class Ban {
    /** The first time. */
    public static final long FIRST_MILLIS = 1_000;

    /** At most. */
    public static final long LONGEST_MILLIS = 300_000;

    /** Good behaviour. */
    public static final long FORGOTTEN_MILLIS = 600_000;

    private long untilMillis = Long.MIN_VALUE;
    private long lengthMillis;

    /** It broke a rule; false if it is kept out already. */
    public boolean begin(long nowMillis) {
        if (isOn(nowMillis)) {
            return false;
        }
        boolean first = lengthMillis == 0 || nowMillis - untilMillis >= FORGOTTEN_MILLIS;
        lengthMillis = first ? FIRST_MILLIS : Math.min(LONGEST_MILLIS, 2 * lengthMillis);
        untilMillis = nowMillis + lengthMillis;
        return true;
    }

    /** Whether it is kept out. */
    public boolean isOn(long nowMillis) {
        return lengthMillis > 0 && nowMillis < untilMillis;
    }

    /** When that ends. */
    public long untilMillis() {
        return untilMillis;
    }
}
