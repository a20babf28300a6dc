package org.witan.validator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.catchup.sync.SyncSettings;
import org.witan.chain.block.Intent;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.store.MemoryStore;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Organisation;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.Self;
import org.witan.validator.pool.PoolLimits;
import org.witan.validator.pool.TransactionBatch;

/** A transaction that no block of this network can hold, in a network of one validator. */
class TooLargeTest {
    private static final int BLOCK_BYTES = 64 << 10;
    private static final NodeId ID = new NodeId("v1");
    private static final Signer KEY = CheapKeys.signer("v1");
    private static final Founding FOUNDING = founding();

    private final MemoryStore store = new MemoryStore(FOUNDING);
    private final Node node =
            new Node(
                    new NodeSetup(
                            new Self(ID, KEY, FOUNDING.networkId(), CheapKeys.VERIFIER),
                            PoolLimits.DEFAULT,
                            SyncSettings.DEFAULT),
                    store,
                    store.recovered());
    private long nowMillis = 1_000_000;

    private static Founding founding() {
        NodeId organisation = new NodeId("org1");
        return new Founding(
                new NetworkId(Digest.tagged("small blocks").done()),
                "small blocks",
                0,
                true,
                1,
                new Rules(50, BLOCK_BYTES, 4096, 20, 60, 1 << 16, 100, 1),
                List.of(
                        new Organisation(
                                organisation,
                                "One",
                                0,
                                CheapKeys.signer("governance").publicKey(),
                                CheapKeys.signer("recovery").publicKey())),
                List.of(
                        new Member(
                                ID,
                                organisation,
                                Role.VALIDATOR,
                                Member.Status.ACTIVE,
                                0,
                                KEY.publicKey(),
                                List.of(new Endpoint("127.0.0.1", 7401)))));
    }

    private static Transaction put(long nonce, int valueBytes) {
        Operation put = new Operation.Put("k", new byte[valueBytes], OptionalLong.empty());
        return Transaction.sign(
                new Intent(FOUNDING.networkId(), Sender.member(ID), 0, nonce, 500, put), KEY);
    }

    private List<NodeEffect> step(NodeInput input) {
        nowMillis += 10;
        List<NodeEffect> effects = new ArrayList<>();
        effects.addAll(node.step(new Now(nowMillis, nowMillis), input));
        store.apply(
                effects.stream()
                        .filter(NodeEffect.Save.class::isInstance)
                        .map(save -> ((NodeEffect.Save) save).write())
                        .toList(),
                true);
        effects.addAll(node.step(new Now(nowMillis, nowMillis), new NodeInput.Saved()));
        return effects;
    }

    private IntakeReply submit(Transaction transaction) {
        return step(new NodeInput.Submitted(1, transaction, List.of())).stream()
                .filter(NodeEffect.Answer.class::isInstance)
                .map(answer -> ((NodeEffect.Answer) answer).reply())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isRefusedAtOnceWithBothSizes() {
        Transaction tooLarge = put(1, 1 << 16);

        assertThat(submit(tooLarge))
                .isInstanceOfSatisfying(
                        IntakeReply.Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo("TRANSACTION_TOO_LARGE");
                            assertThat(refused.why())
                                    .contains("" + tooLarge.sizeBytes(), "" + (BLOCK_BYTES - 3));
                        });
        assertThat(node.view().poolTransactions()).isZero();
    }

    @Test
    void theLargestThatFitsIsCommitted() {
        int overhead = put(1, 1 << 10).sizeBytes() - (1 << 10);
        Transaction largest = put(1, BLOCK_BYTES - 3 - overhead);
        assertThat(largest.sizeBytes()).isEqualTo(BLOCK_BYTES - 3);

        assertThat(submit(largest)).isInstanceOf(IntakeReply.Accepted.class);
        for (int i = 0; i < 20 && store.transaction(largest.id()).isEmpty(); i++) {
            step(new NodeInput.Tick());
        }
        assertThat(store.transaction(largest.id())).isPresent();
    }

    @Test
    void isNotTakenFromOthersEither() {
        var batch = new TransactionBatch(List.of(put(1, 1 << 16)));
        step(new NodeInput.Received(new NodeId("v2"), new Message.Transactions(batch), List.of()));
        assertThat(node.view().poolTransactions()).isZero();
    }
}
