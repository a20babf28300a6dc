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

    public Workload(Pool pool, Chain chain) {
        this.pool = pool;
        this.chain = chain;
    }

    /** A block was notarized, committed, saved or dropped. */
    public void recount() {
        onTheirWay = chain.transactionsOnTheirWay();
        onTheirWayHere = (int) onTheirWay.stream().filter(pool::contains).count();
    }

    /** A transaction came into the pool. */
    public void added(Transaction transaction) {
        if (onTheirWay.contains(transaction.id())) {
            onTheirWayHere++;
        }
    }

    /** Whether a block is due for a transaction's sake. */
    public boolean expected() {
        return pool.size() > onTheirWayHere;
    }
}
