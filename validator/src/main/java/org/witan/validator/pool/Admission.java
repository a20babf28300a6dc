package org.witan.validator.pool;

/** Whether a transaction was taken into the pool. */
public sealed interface Admission {
    /** It waits for a block now. */
    record Admitted() implements Admission {}

    /** It waits already; nothing changed. */
    record Known() implements Admission {}

    /**
     * There is no room.
     *
     * @param code stable name: {@code POOL_FULL} or {@code QUOTA_EXCEEDED}
     * @param why names the limit
     */
    record Refused(String code, String why) implements Admission {}
}
