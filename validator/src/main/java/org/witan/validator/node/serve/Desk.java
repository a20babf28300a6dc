package org.witan.validator.node.serve;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.witan.genesis.membership.NodeId;

/**
 * One thread that reads for others, of whom each has a few places: nobody's flood takes another
 * one's place.
 *
 * <p>Any thread asks.
 */
public final class Desk implements AutoCloseable {
    private final int places;
    private final Consumer<Throwable> broken;
    private final ExecutorService thread;
    private final Map<NodeId, Integer> taken = new ConcurrentHashMap<>();

    /**
     * Opens it.
     *
     * @param name of the thread
     * @param places of each asker
     * @param broken is told of what a read threw; the thread goes on
     */
    public Desk(String name, int places, Consumer<Throwable> broken) {
        this.places = places;
        this.broken = broken;
        thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Reads in a while; false if the asker's places are all taken. Never waits. */
    public boolean ask(NodeId asker, Runnable read) {
        int mine = taken.merge(asker, 1, Integer::sum);
        boolean served = mine <= places && perform(() -> serve(asker, read));
        if (!served) {
            leave(asker);
        }
        return served;
    }

    /** Does something of this node's own on the thread, in so many seconds. */
    public void later(long seconds, Runnable work) {
        CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS, this::perform)
                .execute(() -> guarded(work));
    }

    /** Ends the thread; reads that wait are forgotten. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void serve(NodeId asker, Runnable read) {
        try {
            guarded(read);
        } finally {
            leave(asker);
        }
    }

    private void guarded(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException | Error failed) {
            if (!thread.isShutdown()) { // The store closes behind a read that was not waited for.
                broken.accept(failed);
            }
        }
    }

    private boolean perform(Runnable work) {
        try {
            thread.execute(work);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void leave(NodeId asker) {
        taken.computeIfPresent(asker, (who, count) -> count == 1 ? null : count - 1);
    }
}
