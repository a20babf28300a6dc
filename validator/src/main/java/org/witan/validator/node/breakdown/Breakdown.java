package org.witan.validator.node.breakdown;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.InvariantBroken;

/**
 * Where every thread beside the node loop says that it met what a node must not go on after: a disk
 * that fails or lies, a broken promise, a bug.
 *
 * <p>Only the first is of interest, whenever it comes. Any thread.
 */
public final class Breakdown implements Consumer<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    private final CompletableFuture<Throwable> first = new CompletableFuture<>();

    /** What is to be done about the first; at once if it was met already. */
    public void onFirst(BiConsumer<ExitCode, String> halt) {
        var unused = first.thenAccept(what -> halt.accept(exitCode(what), sentence(what)));
    }

    @Override
    public void accept(Throwable what) {
        LOG.error("broken thread={}", Thread.currentThread().getName(), what);
        first.complete(what);
    }

    /** A read of the ledger, after whose failure this node does not go on. */
    public <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (StoreFailed failed) {
            accept(failed);
            throw failed;
        }
    }

    /** How the process ends because of it. */
    public static ExitCode exitCode(Throwable what) {
        return what instanceof StoreFailed ? ExitCode.STORAGE_FAILED : ExitCode.INVARIANT_BROKEN;
    }

    /** Why, for the operator. */
    public static String sentence(Throwable what) {
        return switch (what) {
            case StoreFailed failed -> "the disk failed or lies: " + failed.getMessage();
            case InvariantBroken broken -> "a promise of our own is broken: " + broken;
            default -> "a bug: " + what;
        };
    }
}
