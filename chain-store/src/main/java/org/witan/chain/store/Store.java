package org.witan.chain.store;

import java.util.List;
import java.util.Optional;

/** The ledger and the votes of one node. Writing belongs to one thread, the node loop. */
public interface Store extends LedgerReader, AutoCloseable {
    /**
     * Makes several writes, in their order, as one: after a crash all of them are there or none,
     * and none without everything that was applied before.
     *
     * @param sync whether they are durable when this returns; without it they are at the latest
     *     when a later call with it returns
     * @throws StoreFailed if the disk fails; the outcome is then unknown
     */
    void apply(List<StoreWrite> writes, boolean sync);

    /** What stood above the finalized view when the store was opened. */
    Recovered recovered();

    /**
     * Why this node must not vote now: it may have cast votes that the store lost. Empty when it
     * may, also again once everything it can have voted on lies below the finalized view.
     */
    Optional<String> voteHindrance();

    /** Bytes that are free where the store lies; {@link Long#MAX_VALUE} in memory. */
    long freeBytes();

    /** Size of the file system where the store lies; {@link Long#MAX_VALUE} in memory. */
    long totalBytes();

    /** Releases the files; every method is undefined afterwards. */
    @Override
    void close();
}
