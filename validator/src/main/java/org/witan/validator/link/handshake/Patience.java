package org.witan.validator.link.handshake;

/** How long a side waits: 2 s for each message of the other, 5 s for the whole (rule H6). */
final class Patience {
    private static final long STEP_MILLIS = 2_000;
    private static final long WHOLE_MILLIS = 5_000;

    private final long end;
    private long deadline;

    Patience(long nowMillis) {
        end = nowMillis + WHOLE_MILLIS;
        deadline = nowMillis + STEP_MILLIS;
    }

    /** The clock for the next message starts. */
    void next(long nowMillis) {
        deadline = Math.min(nowMillis + STEP_MILLIS, end);
    }

    /** When this side gives up. */
    long deadlineMillis() {
        return deadline;
    }

    boolean over(long nowMillis) {
        return nowMillis > deadline;
    }
}
