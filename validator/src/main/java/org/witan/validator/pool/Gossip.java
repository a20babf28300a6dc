package org.witan.validator.pool;

import static java.util.Comparator.comparing;

import java.util.ArrayList;
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

    /** Transactions in batches that links carry, those of organisations first. */
    public static List<TransactionBatch> pack(List<Transaction> transactions) {
        List<TransactionBatch> batches = new ArrayList<>();
        List<Transaction> batch = new ArrayList<>();
        int size = TransactionBatch.HEAD_BYTES;
        for (Transaction transaction : decisionsFirst(transactions)) {
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

    /** No flood of others stands before a decision on its way. */
    private static List<Transaction> decisionsFirst(List<Transaction> transactions) {
        return transactions.stream()
                .sorted(comparing(transaction -> !transaction.intent().sender().organisation()))
                .toList();
    }
}
