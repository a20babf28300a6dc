package org.witan.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.link.Traffic;

/** Whose transactions are in the next block when more wait than it holds. */
class TurnsTest {
    private static final NetworkId NETWORK = new NetworkId(Digest.tagged("turns").done());

    private final Pool pool = new Pool(PoolLimits.DEFAULT);
    private long nonce;

    /** A decision of an organisation is in the next block, however many flood and with what. */
    @Test
    void noFloodKeepsADecisionOut() {
        int value = Rules.DEFAULT.entryMaxBytes();
        for (int block = 0; block < 10; block++) {
            for (int flooder = 0; flooder < 40; flooder++) {
                // Large ones, and small ones for what the large ones leave.
                pool.add(put("flood" + flooder, value), block, false);
                for (int i = 0; i < 30; i++) {
                    pool.add(put("flood" + flooder, i), block, false);
                }
            }
            Transaction decision = put("org:zuletzt", 100);
            assertThat(pool.add(decision, block, false)).isInstanceOf(Admission.Admitted.class);
            List<Transaction> chosen = block(1 << 18, 200);
            assertThat(chosen).as("block %d", block).contains(decision);
            assertThat(chosen).extracting(t -> t.intent().sender()).contains(member("flood1"));
        }
    }

    /**
     * What is passed on, and passed on again, fits into messages, and decisions are in the first.
     */
    @Test
    void noFloodStandsBeforeADecisionOnItsWay() {
        for (int i = 0; i < 1_000; i++) {
            pool.add(put("flood" + i % 3, 1_000), 0, true);
        }
        pool.add(put("large", Rules.DEFAULT.entryMaxBytes()), 0, true);
        Transaction decision = put("org:zuletzt", 100);
        pool.add(decision, 0, true);
        assertThat(pool.ownOlderThan(1, 1)).containsExactly(decision);
        List<TransactionBatch> batches = Gossip.pack(pool.ownOlderThan(1, 2_000));
        assertThat(batches.getFirst().transactions().getFirst()).isEqualTo(decision);
        assertThat(batches)
                .hasSizeGreaterThan(4)
                .allMatch(batch ->
                        TransactionBatch.CODEC.encode(batch).length <= TransactionBatch.MAX_BYTES);
        assertThat(TransactionBatch.MAX_BYTES)
                .isLessThanOrEqualTo(Traffic.TRANSACTION.messageBytes());
        assertThat(batches.stream().mapToInt(batch -> batch.transactions().size()).sum())
                .isEqualTo(1_002);
    }

    /** And an organisation that floods takes a tenth, not all. */
    @Test
    void organisationsHaveATenthOnly() {
        for (int i = 0; i < 500; i++) {
            pool.add(put("org:a", 1_000), 0, false);
            pool.add(put("v1", 1_000), 0, false);
        }
        List<Transaction> chosen = block(1 << 20, 100);
        assertThat(chosen).hasSize(100);
        // Ten of its lane, and every other one of the rest.
        assertThat(chosen.stream().filter(t -> t.intent().sender().organisation()).count())
                .isBetween(50L, 56L);
    }

    /** Blocks that hold one transaction each: everybody has a turn, whatever its name. */
    @Test
    void noSenderIsAlwaysTheLast() {
        for (int i = 0; i < 50; i++) {
            for (String flooder : List.of("a", "b", "c", "d", "e")) {
                pool.add(put(flooder, 10), 0, false);
            }
        }
        for (int round = 0; round < 5; round++) {
            Transaction late = put("z", 10);
            pool.add(late, 0, false);
            int blocks = 1;
            while (!block(1 << 20, 1).contains(late)) {
                blocks++;
            }
            assertThat(blocks).as("round %d", round).isLessThanOrEqualTo(6);
        }
    }

    /** The next block, which is committed. */
    private List<Transaction> block(int maxBytes, int maxCount) {
        List<Transaction> chosen = pool.select(maxBytes, maxCount, any -> true);
        assertThat(chosen).doesNotHaveDuplicates();
        assertThat(chosen.stream().mapToInt(Transaction::sizeBytes).sum())
                .isLessThanOrEqualTo(maxBytes);
        pool.remove(chosen);
        return chosen;
    }

    private static Sender member(String name) {
        return Sender.parse(name);
    }

    private Transaction put(String sender, int valueBytes) {
        return Transaction.sign(
                new Intent(
                        NETWORK,
                        Sender.parse(sender),
                        0,
                        nonce++,
                        100,
                        new Operation.Put("k", new byte[valueBytes], OptionalLong.empty())),
                CheapKeys.signer("anybody"));
    }
}
