package org.witan.validator.cli.bench;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * When the next put is due. Safe for any thread.
 *
 * <p>All moments are those of {@link System#nanoTime}.
 */
final class Schedule {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long startNanos;
    private final long endNanos;
    private final double perSecond;
    private final AtomicLong dealt = new AtomicLong();

    /**
     * A schedule.
     *
     * @param perSecond puts that become due in a second; 0 for as soon as a client is free
     */
    Schedule(long startNanos, long durationNanos, double perSecond) {
        this.startNanos = startNanos;
        this.perSecond = perSecond;
        endNanos = startNanos + durationNanos;
    }

    /**
     * Waits until a put is due.
     *
     * @return the moment at which it is due, or was if all clients were busy; empty when time is up
     */
    OptionalLong next() {
        if (perSecond <= 0) {
            long now = System.nanoTime();
            return now - endNanos < 0 ? OptionalLong.of(now) : OptionalLong.empty();
        }
        long due = startNanos + (long) (dealt.getAndIncrement() / perSecond * NANOS_PER_SECOND);
        if (due - endNanos >= 0) {
            return OptionalLong.empty();
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return OptionalLong.of(due);
    }

    /**
     * Whether a put that became final now still counts. With a rate all that were due in time do; a
     * late one is no less one of them.
     */
    boolean counts(long nowNanos) {
        return perSecond > 0 || nowNanos - endNanos <= 0;
    }
}
