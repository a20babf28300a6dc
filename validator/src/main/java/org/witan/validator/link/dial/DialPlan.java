package org.witan.validator.link.dial;

import java.util.Optional;
import org.witan.validator.link.handshake.Intent;

/**
 * When to try to reach one peer, and with which intent (W2 to W5).
 *
 * <p>Back-off: 0.5 s doubling to 30 s, each time a random share of it; forgotten once a link held
 * for 60 s. A waiting side knocks; after three knocks that were heard but brought no link within a
 * window each, it opens itself. Whoever broke the rules is not tried while it is kept out. All
 * times are milliseconds of the caller's clock.
 */
public final class DialPlan {
    /** Never. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;
    private static final long STEADY_MILLIS = 60_000;

    /** How long a knock that was heard is given to bring a link (W4). */
    public static final long WINDOW_MILLIS = 10_000;

    private static final int WINDOWS = 3;
    private static final long RENEWAL_RETRY_MILLIS = 60_000;

    private final Direction direction;
    private final long windowMillis;
    private final Ban ban = new Ban();
    private long nextMillis;
    private int failures;
    private int windows;
    private boolean trying;
    private boolean summoned;
    private boolean up;
    private long upSinceMillis;
    private boolean renews;
    private Intent renewal = Intent.LINK;

    /**
     * A plan whose first attempt is due now, if this side attempts anything.
     *
     * @param windowMillis usually {@link #WINDOW_MILLIS}
     */
    public DialPlan(Direction direction, long nowMillis, long windowMillis) {
        this.direction = direction;
        this.windowMillis = windowMillis;
        nextMillis = attempts() ? nowMillis : NEVER;
    }

    private boolean attempts() {
        return direction == Direction.OPENS || direction == Direction.WAITS;
    }

    /** When to ask again; {@link #NEVER} while an attempt or a link is there. */
    public long wakeAtMillis() {
        return trying ? NEVER : Math.max(nextMillis, ban.untilMillis());
    }

    /** The attempt to start now; from then on it counts as under way. */
    public Optional<Intent> due(long nowMillis) {
        if (trying || nowMillis < nextMillis || ban.isOn(nowMillis)) {
            return Optional.empty();
        }
        trying = true;
        summoned = false;
        if (up) {
            return Optional.of(renewal);
        }
        if (direction == Direction.OPENS) {
            return Optional.of(Intent.LINK);
        }
        return Optional.of(windows >= WINDOWS ? Intent.RESCUE : Intent.KNOCK);
    }

    /** The peer broke the rules and is kept out for a while; false if it is already. */
    public boolean keepOut(long nowMillis) {
        return ban.begin(nowMillis);
    }

    /** Whether it is kept out: it is not tried, and nothing that it opens is to be taken. */
    public boolean keepsOut(long nowMillis) {
        return ban.isOn(nowMillis);
    }

    /**
     * The attempt brought no link.
     *
     * @param chance from 0 to 1
     */
    public void failed(long nowMillis, double chance) {
        trying = false;
        windows = windows >= WINDOWS ? 0 : windows;
        if (up) {
            nextMillis = renews ? nowMillis + RENEWAL_RETRY_MILLIS : NEVER;
        } else {
            nextMillis = summoned ? nowMillis : nowMillis + backOff(chance);
        }
    }

    private long backOff(double chance) {
        long longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 16));
        failures++;
        return Math.max(FIRST_MILLIS / 20, (long) (chance * longest));
    }

    /** The knock was heard: the other side should open within 10 s. */
    public void heard(long nowMillis) {
        trying = false;
        windows++;
        nextMillis = up ? NEVER : nowMillis + windowMillis;
    }

    /** The other side knocked: open at once. */
    public void summoned(long nowMillis) {
        if (direction == Direction.OPENS && !up) {
            summoned = true;
            failures = 0;
            nextMillis = nowMillis;
        }
    }

    /** A link is there that the other side opened, and will renew. */
    public void upByOther(long nowMillis) {
        up(nowMillis, false);
        nextMillis = NEVER;
    }

    /**
     * The attempt brought a link.
     *
     * @param renewAtMillis when to open a fresh one
     * @param intent with which intent
     */
    public void upByUs(long nowMillis, long renewAtMillis, Intent intent) {
        up(nowMillis, true);
        trying = false;
        renewal = intent;
        nextMillis = renewAtMillis;
    }

    /** The set or a key changed: if this side renews, do so by then. */
    public void renewBy(long atMillis) {
        if (up && renews) {
            nextMillis = Math.min(nextMillis, atMillis);
        }
    }

    private void up(long nowMillis, boolean ours) {
        up = true;
        renews = ours;
        windows = 0;
        upSinceMillis = nowMillis;
    }

    /**
     * The link is gone.
     *
     * @param chance from 0 to 1
     */
    public void down(long nowMillis, double chance) {
        if (nowMillis - upSinceMillis >= STEADY_MILLIS) {
            failures = 0;
        }
        up = false;
        nextMillis = attempts() ? nowMillis + backOff(chance) : NEVER;
    }

    /** Whether this side opens. */
    public Direction direction() {
        return direction;
    }
}
