package org.witan.validator.pool;

import java.util.List;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Codec;

/**
 * Transactions that one validator passes on to another.
 *
 * <p>Wire v1: version u8, transactions u16 count. Golden: {@code transaction-batch.v1.hex}.
 *
 * @param transactions 1 to 4096
 */
public record TransactionBatch(List<Transaction> transactions) {
    /** Most transactions in a batch. */
    public static final int MAX_TRANSACTIONS = 4096;

    /** What an encoding has beside its transactions. */
    static final int HEAD_BYTES = 3;

    /** Greatest encoding that is sent: the greatest transaction alone. */
    public static final int MAX_BYTES = HEAD_BYTES + Transaction.MAX_BYTES;

    /** See the type. */
    public static final Codec<TransactionBatch> CODEC =
            new Codec<>(
                    (batch, out) -> out.u8(1).list16(batch.transactions, Transaction.CODEC),
                    in -> {
                        in.version(1);
                        List<Transaction> transactions =
                                in.list16(
                                        MAX_TRANSACTIONS, Transaction.MIN_BYTES, Transaction.CODEC);
                        if (transactions.isEmpty()) {
                            throw in.refuse("an empty batch");
                        }
                        return new TransactionBatch(transactions);
                    });
}
