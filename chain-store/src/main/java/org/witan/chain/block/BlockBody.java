package org.witan.chain.block;

import java.util.ArrayList;
import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * The transactions of a block, in the order of their execution.
 *
 * <p>Wire v1: version u8, transactions u16 count. Golden: {@code body.v1.hex}.
 *
 * @param transactions at most 65 535
 */
public record BlockBody(List<Transaction> transactions) {
    /** No transactions: the body of a heartbeat block and of a re-proposal. */
    public static final BlockBody EMPTY = new BlockBody(List.of());

    /** See the type. */
    public static final Codec<BlockBody> CODEC =
            new Codec<>(
                    (body, out) -> out.u8(1).list16(body.transactions, Transaction.CODEC),
                    in -> {
                        in.version(1);
                        return new BlockBody(
                                in.list16(0xffff, Transaction.MIN_BYTES, Transaction.CODEC));
                    });

    /** Size of the encoding. */
    public int sizeBytes() {
        return 3 + transactions.stream().mapToInt(Transaction::sizeBytes).sum();
    }

    /**
     * Merkle root over the transactions: leaf H(0 ‖ id ‖ signature), inner H(1 ‖ left ‖ right), an
     * odd last node moves up as it is, zeros for no transactions. It covers the signatures, so one
     * header admits one body.
     */
    public Hash root() {
        if (transactions.isEmpty()) {
            return Hash.NONE;
        }
        List<Hash> level = new ArrayList<>(transactions.size());
        for (Transaction transaction : transactions) {
            level.add(
                    Digest.plain()
                            .add(0)
                            .add(transaction.id())
                            .add(transaction.signature().toBytes())
                            .done());
        }
        while (level.size() > 1) {
            level = parents(level);
        }
        return level.getFirst();
    }

    private static List<Hash> parents(List<Hash> level) {
        List<Hash> parents = new ArrayList<>((level.size() + 1) / 2);
        for (int i = 0; i + 1 < level.size(); i += 2) {
            parents.add(Digest.plain().add(1).add(level.get(i)).add(level.get(i + 1)).done());
        }
        if (level.size() % 2 == 1) {
            parents.add(level.getLast());
        }
        return parents;
    }
}
