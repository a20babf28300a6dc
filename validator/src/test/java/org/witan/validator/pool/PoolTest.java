package org.witan.validator.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.NetworkId;

/** The pool's bounds, its fairness, and what leaves it when. */
class PoolTest {
    private static final NetworkId NETWORK = new NetworkId(Digest.tagged("pool test").done());
    private static final SigningKey KEY = SigningKey.ofSeed(new byte[32]);

    private final Pool pool = new Pool(new PoolLimits(4, 1_000_000, 3, 1_000_000));

    private static Transaction put(String sender, long nonce, long validUntil) {
        return Transaction.sign(
                new Intent(
                        NETWORK,
                        Sender.parse(sender),
                        0,
                        nonce,
                        validUntil,
                        new Operation.Put("k", new byte[100], OptionalLong.empty())),
                KEY);
    }

    @Test
    void takesEachTransactionOnce() {
        Transaction one = put("a", 1, 10);
        assertThat(pool.add(one, 5, true)).isInstanceOf(Admission.Admitted.class);
        assertThat(pool.add(one, 6, true)).isInstanceOf(Admission.Known.class);
        assertThat(pool.size()).isEqualTo(1);
        assertThat(pool.sizeBytes()).isEqualTo(one.sizeBytes());
    }

    @Test
    void whatAClientHandsInAfterItCameByGossipIsOwn() {
        Transaction gossiped = put("a", 1, 10);
        Transaction later = put("a", 2, 10);
        assertThat(pool.claim(gossiped.id())).isFalse();
        pool.add(gossiped, 5, false);
        pool.add(later, 6, false);
        assertThat(pool.ownOlderThan(100, 10)).isEmpty();
        assertThat(pool.claim(gossiped.id())).isTrue();
        assertThat(pool.ownOlderThan(100, 10)).containsExactly(gossiped);
        assertThat(pool.select(1_000_000, 10, t -> true)).containsExactly(gossiped, later);
        assertThat(pool.remove(List.of(later))).isFalse();
        assertThat(pool.remove(List.of(gossiped))).as("a client waits for it").isTrue();
        assertThat(pool.sizeBytes()).isZero();
    }

    @Test
    void refusesWhatIsOverTheSendersShareAndNamesIt() {
        for (int i = 1; i <= 3; i++) {
            pool.add(put("a", i, 10), 0, true);
        }
        assertThat(pool.add(put("a", 4, 10), 0, true))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("QUOTA_EXCEEDED");
                            assertThat(refused.why()).contains("3");
                        });
        assertThat(pool.add(put("b", 1, 10), 0, true)).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void refusesWhatIsOverTheWholeAndNamesIt() {
        for (String sender : List.of("a", "b", "c", "d")) {
            pool.add(put(sender, 1, 10), 0, true);
        }
        assertThat(pool.add(put("e", 1, 10), 0, true))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("POOL_FULL"));
    }

    @Test
    void sendersTakeTurns() {
        pool.add(put("a", 1, 10), 0, true);
        pool.add(put("a", 2, 10), 0, true);
        pool.add(put("a", 3, 10), 0, true);
        pool.add(put("b", 1, 10), 0, true);
        List<String> senders = new ArrayList<>();
        pool.select(1_000_000, 10, t -> true)
                .forEach(t -> senders.add(t.intent().sender() + "/" + t.intent().nonce()));
        assertThat(senders).containsExactly("a/1", "b/1", "a/2", "a/3");
    }

    @Test
    void fillsABlockUpToBytesAndCount() {
        Transaction one = put("a", 1, 10);
        pool.add(one, 0, true);
        pool.add(put("b", 1, 10), 0, true);
        assertThat(pool.select(one.sizeBytes(), 10, t -> true)).containsExactly(one);
        assertThat(pool.select(1_000_000, 1, t -> true)).containsExactly(one);
        assertThat(pool.select(1_000_000, 10, t -> false)).isEmpty();
        assertThat(pool.size()).as("selecting removes nothing").isEqualTo(2);
    }

    @Test
    void committingMakesRoomAndTellsWhetherAnOwnClientWaits() {
        Transaction own = put("a", 1, 10);
        Transaction other = put("b", 1, 10);
        pool.add(own, 0, true);
        pool.add(other, 0, false);
        assertThat(pool.remove(List.of(other))).isFalse();
        assertThat(pool.remove(List.of(own))).isTrue();
        assertThat(pool.remove(List.of(own))).isFalse();
        assertThat(pool.sizeBytes()).isZero();
    }

    @Test
    void expiresBelowTheHeight() {
        Transaction soon = put("a", 1, 9);
        Transaction later = put("a", 2, 10);
        pool.add(soon, 0, true);
        pool.add(later, 0, true);
        assertThat(pool.expire(10, Integer.MAX_VALUE)).containsExactly(soon);
        assertThat(pool.contains(later.id())).isTrue();
    }

    @Test
    void dropsWhatHasBecomeTooLargeForABlock() {
        Transaction put = put("a", 1, 10);
        pool.add(put, 0, true);
        assertThat(pool.expire(1, put.sizeBytes())).isEmpty();
        assertThat(pool.expire(1, put.sizeBytes() - 1)).containsExactly(put);
        assertThat(pool.size()).isZero();
    }

    @Test
    void remembersWhichOwnOnesAreOld() {
        Transaction own = put("a", 1, 10);
        pool.add(own, 100, true);
        pool.add(put("b", 1, 10), 100, false);
        pool.add(put("c", 1, 10), 200, true);
        assertThat(pool.ownOlderThan(150, 10)).containsExactly(own);
    }

    @Test
    void gossipGoesAtOnceAfterAPauseAndThenEveryFiveMilliseconds() {
        Gossip gossip = new Gossip();
        assertThat(gossip.dueMillis()).isEqualTo(Long.MAX_VALUE);
        gossip.add(put("b", 1, 10), 100);
        assertThat(gossip.due(100)).hasSize(1);
        gossip.add(put("a", 1, 10), 101);
        gossip.add(put("a", 2, 10), 103);
        assertThat(gossip.due(104)).isEmpty();
        assertThat(gossip.due(105))
                .singleElement()
                .satisfies(b -> assertThat(b.transactions()).hasSize(2));
        assertThat(gossip.due(200)).isEmpty();
    }

    @Test
    void gossipGoesAtOnceWhenItIsLarge() {
        Gossip gossip = new Gossip();
        long nonce = 1;
        for (int bytes = 0; bytes < Gossip.BATCH_BYTES; nonce++) {
            Transaction transaction = put("a", nonce, 10);
            gossip.add(transaction, 100);
            bytes += transaction.sizeBytes();
        }
        assertThat(gossip.due(100)).hasSize(1);
    }

    @Test
    void aBatchKeepsItsFormAndHasSomethingInIt() {
        TransactionBatch batch = new TransactionBatch(List.of(put("a", 1, 10), put("b", 1, 10)));
        byte[] bytes = TransactionBatch.CODEC.encode(batch);
        assertThat(TransactionBatch.CODEC.decode(bytes)).isEqualTo(new Decoded.Ok<>(batch));
        assertThat(TransactionBatch.CODEC.decode(new byte[] {1, 0, 0}))
                .isInstanceOf(Decoded.Bad.class);
        assertThat(TransactionBatch.CODEC.decode(new byte[] {1, (byte) 0xff, (byte) 0xff}))
                .as("a count that cannot fit")
                .isInstanceOf(Decoded.Bad.class);
        assertThat(Gossip.pack(List.of())).isEmpty();
    }
}
