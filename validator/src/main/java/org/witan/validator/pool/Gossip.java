package org.witan.validator.pool;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.witan.chain.block.Transaction;

/**
 * Packs transactions for the other validators: one that comes after a pause goes at once, those
 * that follow within 5 ms go together, or earlier when they make 64 KiB.
 */
public final class Gossip {
    /** Longest wait of a transaction for company, in milliseconds. */
    public static final int DELAY_MILLIS = 5;

    /** Size from which a batch goes at once. */
    public static final int BATCH_BYTES = 64 << 10;

    /** No flood of others stands before a decision on its way. */
    static final Comparator<Transaction> DECISIONS_FIRST =
            Comparator.comparing(transaction -> !transaction.intent().sender().organisation());

    private final List<Transaction> waiting = new ArrayList<>();
    private int bytes;
    private long dueMillis = Long.MAX_VALUE;
    private long lastMillis = Long.MIN_VALUE / 2;

    /** Adds a transaction to the next batch. */
    public void add(Transaction transaction, long nowMillis) {
        if (waiting.isEmpty()) {
            dueMillis = Math.max(nowMillis, lastMillis + DELAY_MILLIS);
        }
        waiting.add(transaction);
        bytes += transaction.sizeBytes();
        if (bytes >= BATCH_BYTES) {
            dueMillis = nowMillis;
        }
    }

    /** The batches that are due, none if none is. */
    public List<TransactionBatch> due(long nowMillis) {
        if (nowMillis < dueMillis) {
            return List.of();
        }
        waiting.sort(DECISIONS_FIRST);
        List<TransactionBatch> batches = pack(waiting);
        waiting.clear();
        bytes = 0;
        dueMillis = Long.MAX_VALUE;
        lastMillis = nowMillis;
        return batches;
    }

    /** When a batch will be due, {@code Long.MAX_VALUE} for never. */
    public long dueMillis() {
        return dueMillis;
    }

    /** Transactions in this order, in batches that links carry. */
    public static List<TransactionBatch> pack(List<Transaction> transactions) {
        List<TransactionBatch> batches = new ArrayList<>();
        List<Transaction> batch = new ArrayList<>();
        int size = TransactionBatch.HEAD_BYTES;
        for (Transaction transaction : transactions) {
            boolean full =
                    batch.size() == TransactionBatch.MAX_TRANSACTIONS
                            || size + transaction.sizeBytes() > TransactionBatch.MAX_BYTES;
            if (full && !batch.isEmpty()) {
                batches.add(new TransactionBatch(List.copyOf(batch)));
                batch.clear();
                size = TransactionBatch.HEAD_BYTES;
            }
            batch.add(transaction);
            size += transaction.sizeBytes();
        }
        if (!batch.isEmpty()) {
            batches.add(new TransactionBatch(List.copyOf(batch)));
        }
        return batches;
    }
}
