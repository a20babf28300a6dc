package org.witan.validator.core.execution;

import java.util.TreeSet;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.pool.Pool;

/**
 * Whether transactions wait that no notarized block holds: only then is a block due (rule C19).
 *
 * <p>Counts instead of searching, since it is asked after every step.
 */
public final class Workload {
    private final Pool pool;
    private final Chain chain;
    private TreeSet<Hash> onTheirWay = new TreeSet<>();
    private int onTheirWayHere;
    private boolean exhausted;

    public Workload(Pool pool, Chain chain) {
        this.pool = pool;
        this.chain = chain;
    }

    /** A block was notarized, committed, saved or dropped. */
    public void recount() {
        exhausted = false;
        onTheirWay = chain.transactionsOnTheirWay();
        onTheirWayHere = (int) onTheirWay.stream().filter(pool::contains).count();
    }

    /** A transaction came into the pool. */
    public void added(Transaction transaction) {
        exhausted = false;
        if (onTheirWay.contains(transaction.id())) {
            onTheirWayHere++;
        }
    }

    /** A view was skipped or a block finalized: the next block may have another parent. */
    public void changed() {
        exhausted = false;
    }

    /** Nothing that waits can follow the parent of the block that was just asked for. */
    public void exhausted() {
        exhausted = true;
    }

    /** Whether a block is due for a transaction's sake. */
    public boolean expected() {
        return !exhausted && pool.size() > onTheirWayHere;
    }
}
