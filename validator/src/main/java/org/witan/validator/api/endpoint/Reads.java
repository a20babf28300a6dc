package org.witan.validator.api.endpoint;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Bounds how many requests read the disk at once, so that readers cannot slow the node down: the
 * others wait for a while, and then are told to come back.
 */
final class Reads {
    private static final int AT_ONCE = 4;
    private static final int PATIENCE_SECONDS = 5;

    private final Semaphore permits = new Semaphore(AT_ONCE);

    /**
     * Runs a read of the ledger.
     *
     * @throws Refused with 503 if too many others read
     */
    <T> T read(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw busy();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static Refused busy() {
        return new Refused(
                503,
                "READS_BUSY",
                "the node is busy with other reads",
                AT_ONCE + " reads run at once, and none ended within " + PATIENCE_SECONDS + " s",
                "ask again, or ask another node");
    }
}
