package org.witan.validator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.sync.SyncSettings;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Request;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.proof.ProofBundle;
import org.witan.chain.proof.ProofBundles;
import org.witan.chain.proof.ProofFile;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.ChainOfEpochs;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.pool.PoolLimits;

/** A ledger of many epochs on real disks: it is caught up with, proven and gone on with. */
class ManyEpochsTest {
    private static final int EPOCHS = 24;
    private static final int BLOCKS = 3;
    private static final int LAST = EPOCHS * BLOCKS + 1;
    private static final StatePath PATH = StatePath.entry(new NodeId("v1"), "last");

    private final TestNetwork network = TestNetwork.of(4);
    @TempDir private Path folder;

    @BeforeEach
    void aLedgerOfManyEpochs() {
        try (RocksStore store = open("whole")) {
            new ChainOfEpochs(network, store).grow(EPOCHS, BLOCKS).put("last", "of all");
        }
    }

    private RocksStore open(String name) {
        StoreSettings settings = StoreSettings.in(folder.resolve(name));
        return RocksStore.open(settings.withCacheBytes(8 << 20), network.founding());
    }

    @Test
    void anEmptyStoreFollowsTheSetsToTheTipAndVotesThere() {
        try (RocksStore whole = open("whole")) {
            try (RocksStore own = open("own")) {
                CatchingUp fourth = new CatchingUp(own, whole);
                fourth.run();
                assertThat(own.tip().hash()).isEqualTo(whole.tip().hash());
                assertThat(own.state().root()).isEqualTo(whole.state().root());
                assertThat(fourth.node.view().epoch().number()).isEqualTo(EPOCHS + 1);
                fourth.hear("v1", "v2", "v1");
                assertThat(fourth.mayVote()).as("one of two was asked").isFalse();
                fourth.hear("v2");
                assertThat(fourth.mayVote()).isTrue();
                for (long number = 2; number <= EPOCHS + 1; number++) {
                    var theirs = whole.epoch(number).orElseThrow().boundary();
                    assertThat(own.epoch(number).orElseThrow().boundary()).isEqualTo(theirs);
                }
            }
            try (RocksStore own = open("own")) {
                CatchingUp again = new CatchingUp(own, whole);
                assertThat(again.node.view().epoch().number()).isEqualTo(EPOCHS + 1);
            }
        }
    }

    @Test
    void anEntryIsProvenFromTheGenesisAloneOverAllEpochs() {
        try (RocksStore whole = open("whole")) {
            ProofBundle bundle = ProofBundles.atTip(whole, PATH);
            assertThat(bundle.problem(network.founding(), Ed25519.VERIFIER)).isEmpty();
            assertThat(ProofFile.binary(bundle).length).isLessThan(EPOCHS * 2_000);
            var other = TestNetwork.named("another", 4).founding();
            assertThat(bundle.problem(other, Ed25519.VERIFIER)).isPresent();
        }
    }

    @Test
    void aCheckpointOfALaterEpochStandsForTheGenesis() {
        try (RocksStore whole = open("whole")) {
            Checkpoint checkpoint = Checkpoint.of(whole, LAST - BLOCKS);
            assertThat(checkpoint.epoch()).isEqualTo(EPOCHS);
            assertThat(checkpoint.problem(network.founding(), Ed25519.VERIFIER)).isEmpty();
            Checkpoint newest = Checkpoint.of(whole, LAST);
            assertThat(newest.problemBehind(checkpoint)).isEmpty();
            ProofBundle bundle = ProofBundles.atTip(whole, PATH);
            assertThat(bundle.problem(newest, Ed25519.VERIFIER)).isEmpty();
        }
    }

    /** A node with an empty store, and one member that serves it. */
    private final class CatchingUp {
        private final NodeId server = new NodeId("v2");
        private final RocksStore own;
        private final RangeServer serving;
        private final Deque<NodeInput> inputs = new ArrayDeque<>();
        private final Node node;
        private long nowMillis = TestNetwork.CREATED_MILLIS + 1_000_000;
        private Optional<Status> said = Optional.empty();

        CatchingUp(RocksStore own, RocksStore whole) {
            this.own = own;
            serving = new RangeServer(whole, ServeSettings.DEFAULT, nowMillis);
            NodeId id = new NodeId("v4");
            Self self = new Self(id, network.validatorKey(4), network.id(), Ed25519.VERIFIER);
            NodeSetup setup = new NodeSetup(self, PoolLimits.DEFAULT, SyncSettings.DEFAULT);
            node = new Node(setup, own, own.recovered());
            inputs.add(new NodeInput.Linked(server, true));
        }

        void run() {
            long end = nowMillis + 120_000;
            while (own.tip().height() < LAST && nowMillis < end) {
                take(inputs.isEmpty() ? new NodeInput.Tick() : inputs.removeFirst());
            }
        }

        private void take(NodeInput next) {
            nowMillis += 5;
            take(node.step(new Now(nowMillis, nowMillis), next));
        }

        /** These say of themselves what the node just said: they stand where it stands. */
        void hear(String... members) {
            nowMillis = Math.max(nowMillis, node.wakeAt());
            take(new NodeInput.Tick());
            Message status = new Message.Consensus(said.orElseThrow());
            for (String member : members) {
                take(new NodeInput.Received(new NodeId(member), status, List.of()));
            }
        }

        boolean mayVote() {
            return node.view().standing().mayVote();
        }

        private void take(List<NodeEffect> effects) {
            List<StoreWrite> writes = new ArrayList<>();
            for (NodeEffect effect : effects) {
                switch (effect) {
                    case NodeEffect.Save(var write, var sync) -> writes.add(write);
                    case NodeEffect.Send(var to, Message.Catchup(Request request)) -> {
                        byte[] reply = serving.answer(new NodeId("v4"), request, nowMillis);
                        var message = CatchupMessage.CODEC.decode(reply).orThrow();
                        inputs.add(
                                new NodeInput.Received(
                                        server, new Message.Catchup(message), List.of()));
                    }
                    case NodeEffect.Broadcast(Message.Consensus(Status status)) ->
                            said = Optional.of(status);
                    default -> {}
                }
            }
            if (!writes.isEmpty()) {
                own.apply(writes, true);
                inputs.addFirst(new NodeInput.Saved());
            }
        }
    }
}
