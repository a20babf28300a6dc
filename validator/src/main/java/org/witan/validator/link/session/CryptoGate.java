package org.witan.validator.link.session;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Rations key agreement for those who have not proven anything: one thread, 64 places, 50 per
 * second for addresses that are not a member's, which also get only half of the places (H7).
 */
public final class CryptoGate implements AutoCloseable {
    private static final int PLACES = 64;
    private static final double STRANGERS_PER_SECOND = 50;

    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(
                    1,
                    1,
                    30,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(PLACES),
                    Thread.ofPlatform().daemon().name("link-agree").factory());
    private final LongSupplier nanos;
    private double tokens = STRANGERS_PER_SECOND;
    private long refilledNanos;

    /** A gate with no one before it. */
    public CryptoGate() {
        this(System::nanoTime);
    }

    /** The same, by this clock. */
    CryptoGate(LongSupplier nanos) {
        this.nanos = nanos;
        refilledNanos = nanos.getAsLong();
        worker.allowCoreThreadTimeOut(true);
    }

    /**
     * Does the work when its turn comes; blocks until then.
     *
     * @param listed whether it is for an address of a member
     * @return empty if there is no place, no ration, or no result in {@code timeoutMillis}
     */
    public <T> Optional<T> run(boolean listed, long timeoutMillis, Supplier<T> work)
            throws InterruptedException {
        if (!listed && !ration()) {
            return Optional.empty();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        try {
            worker.execute(task);
            return Optional.of(task.get(timeoutMillis, TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        } catch (TimeoutException late) {
            task.cancel(false);
            return Optional.empty();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("key agreement threw", bug.getCause());
        }
    }

    /** How many wait for their turn. */
    int waiting() {
        return worker.getQueue().size();
    }

    private synchronized boolean ration() {
        long now = nanos.getAsLong();
        tokens =
                Math.min(
                        STRANGERS_PER_SECOND,
                        tokens + (now - refilledNanos) * STRANGERS_PER_SECOND / 1e9);
        refilledNanos = now;
        if (tokens < 1 || waiting() >= PLACES / 2) {
            return false;
        }
        tokens--;
        return true;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
