package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for something to become true, with a deadline. */
public final class Await {
    private static final long PAUSE_NANOS = 50_000_000;

    private Await() {}

    /** Asks until the answer is yes; an exception counts as no. Fails when time is up. */
    public static void until(String what, Duration patience, Callable<Boolean> question) {
        long deadline = System.nanoTime() + patience.toNanos();
        String last = "no";
        while (System.nanoTime() - deadline < 0) {
            try {
                if (question.call()) {
                    return;
                }
                last = "no";
            } catch (Exception notYet) {
                last = notYet.toString();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        assertThat(last).as("%s within %s", what, patience).isEqualTo("yes");
    }

    /** Waits until these threads, which were told to end, have ended. */
    public static void ended(Iterable<Thread> threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
