package org.witan.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;

/**
 * Fifty honest senders with a small transaction in every block, and five who send as much as they
 * are let, small ones or large ones: the honest ones wait less than twice as long as without them.
 *
 * <p>Time is counted in blocks, so no machine is too slow for it.
 */
class FloodTest {
    private static final NetworkId NETWORK = new NetworkId(Digest.tagged("flood").done());
    private static final int HONEST = 50;
    private static final int BLOCKS = 12;
    private static final int CALM_BLOCK = 1;

    private final Pool pool = new Pool(PoolLimits.DEFAULT);
    private final Map<Hash, Integer> asked = new HashMap<>();
    private final List<Integer> waits = new ArrayList<>();
    private long nonce;

    @Test
    void fiveWhoFloodWithLargeTransactionsDelayNobody() {
        assertThat(slowestOfAHundred(5, Rules.DEFAULT.entryMaxBytes(), 120))
                .isLessThan(2 * CALM_BLOCK);
        assertThat(pool.sizeBytes()).isLessThanOrEqualTo(PoolLimits.DEFAULT.bytes());
    }

    @Test
    void fiveWhoFloodWithSmallTransactionsDelayNobody() {
        assertThat(slowestOfAHundred(5, 10, 1_000)).isLessThan(2 * CALM_BLOCK);
        assertThat(pool.size()).isLessThan(PoolLimits.DEFAULT.transactions() / 2);
    }

    @Test
    void withoutThemEverybodyIsInTheNextBlock() {
        assertThat(slowestOfAHundred(0, 0, 0)).isEqualTo(CALM_BLOCK);
    }

    /** Of a hundred honest transactions the slowest waits so many blocks. */
    private int slowestOfAHundred(int flooders, int valueBytes, int perBlock) {
        for (int block = 0; block < BLOCKS; block++) {
            for (int i = 0; i < perBlock; i++) {
                for (int flooder = 0; flooder < flooders; flooder++) {
                    String name = "flood" + flooder;
                    // What is too large for the room left is followed by what fills it up.
                    int size = valueBytes;
                    while (add(name, size, block) && size > 10) {
                        size /= 8;
                    }
                }
            }
            for (int honest = 0; honest < HONEST; honest++) {
                Transaction small = put("honest" + honest, 20);
                assertThat(pool.add(small, block, true)).isEqualTo(new Admission.Admitted());
                asked.put(small.id(), block);
            }
            commit(block);
        }
        // Who was passed over to the end waited longer than that.
        asked.values().forEach(since -> waits.add(BLOCKS - since + 1));
        assertThat(waits).hasSize(HONEST * BLOCKS);
        Collections.sort(waits);
        return waits.get(waits.size() * 99 / 100);
    }

    /** Whether it was refused. */
    private boolean add(String flooder, int valueBytes, int block) {
        return pool.add(put(flooder, valueBytes), block, false) instanceof Admission.Refused;
    }

    private void commit(int block) {
        List<Transaction> chosen =
                pool.select(
                        Rules.DEFAULT.blockMaxBytes(),
                        Rules.DEFAULT.blockMaxTransactions(),
                        any -> true);
        pool.remove(chosen);
        for (Transaction transaction : chosen) {
            Integer since = asked.remove(transaction.id());
            if (since != null) {
                waits.add(block - since + 1);
            }
        }
    }

    /** Signed cheaply: the pool takes what was verified before. */
    private Transaction put(String sender, int valueBytes) {
        return Transaction.sign(
                new Intent(
                        NETWORK,
                        Sender.parse(sender),
                        0,
                        nonce++,
                        BLOCKS,
                        new Operation.Put("k", new byte[valueBytes], OptionalLong.empty())),
                CheapKeys.signer("anybody"));
    }
}
