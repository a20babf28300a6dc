package org.witan.validator.node.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.catchup.snapshot.Anchor;
import org.witan.catchup.snapshot.JoinTerms;
import org.witan.catchup.snapshot.SnapshotJoin;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.Chunks;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;

/** What a killed process finds of the chunks that it kept, and which checkpoints are refused. */
class StagingTest {
    @TempDir Path folder;

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final MemoryStore whole = new MemoryStore(network.founding());
    private final List<StateChunk> chunks = new ArrayList<>();

    @BeforeEach
    void oneBlock() {
        List<Transaction> puts = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            puts.add(network.put(i, "key-" + i, "value"));
        }
        whole.apply(List.of(chain.next(puts, true)), true);
        for (int i = 0; i < 32; i++) {
            chunks.add(part(i));
        }
    }

    /** One of the 32 parts that a joiner asks for. */
    private StateChunk part(int i) {
        byte[] low = new byte[Hash.SIZE_BYTES];
        low[0] = (byte) (8 * i);
        byte[] high = StateChunk.LAST.toBytes();
        high[0] = (byte) (8 * i + 7);
        Hash from = Hash.of(low);
        Hash to = Hash.of(high);
        List<StateChunk.Item> items =
                Chunks.of(whole, 1, 1000).getFirst().items().stream()
                        .filter(item -> isBetween(item.path(), from, to))
                        .toList();
        StateReader state = whole.stateAt(1).orElseThrow();
        return new StateChunk(from, to, items, RangeProof.of(state, state.treeRoot(), from, to));
    }

    private static boolean isBetween(StatePath path, Hash from, Hash to) {
        return path.hash().compareTo(from) >= 0 && path.hash().compareTo(to) <= 0;
    }

    private SnapshotJoin machine() {
        return new SnapshotJoin(
                new JoinTerms(new NodeId("v4"), network.id(), Ed25519.VERIFIER, 0),
                Anchor.genesis(network.founding()));
    }

    private void keepAll() {
        try (Staging staging = Staging.open(folder)) {
            staging.begin(Chunks.base(whole, 1));
            // Out of their order, as they come from several members.
            chunks.reversed().forEach(staging::add);
        }
    }

    private int restored() {
        try (Staging staging = Staging.open(folder)) {
            return staging.restore(machine());
        }
    }

    @Test
    void whatWasKeptIsGivenBackInOrder() {
        assertThat(restored()).isZero();
        keepAll();
        try (Staging staging = Staging.open(folder)) {
            assertThat(staging.restore(machine())).isEqualTo(32);
            List<StateChunk> given = new ArrayList<>();
            staging.each(given::add);
            assertThat(given).isEqualTo(chunks);
            staging.remove();
        }
        assertThat(restored()).isZero();
    }

    /** A torn or altered record ends what is believed; the rest is cut off and written anew. */
    @Test
    void whatDoesNotHoldIsCutOff() throws IOException {
        keepAll();
        Path file = folder.resolve("snapshot.part");
        byte[] all = Files.readAllBytes(file);
        int before = 32;
        for (int length = all.length - 1; length > 0; length -= all.length / 9) {
            Files.write(file, java.util.Arrays.copyOf(all, length));
            int now = restored();
            assertThat(now).isLessThan(32).isLessThanOrEqualTo(before);
            assertThat(restored()).as("after the cut").isEqualTo(now);
            before = now;
        }
        byte[] altered = all.clone();
        altered[all.length - 300] ^= 1;
        Files.write(file, altered);
        assertThat(restored()).isLessThan(32);
        altered[3] ^= 1;
        Files.write(file, altered);
        assertThat(restored()).isZero();
    }

    @Test
    void aCheckpointThatContradictsIsRefused() {
        Checkpoint checkpoint = Checkpoint.of(whole, 1);
        JoinPlan plan = new JoinPlan(false, Optional.of(checkpoint), 10);
        plan.check(network.founding(), whole);
        MemoryStore other = new MemoryStore(network.founding());
        other.apply(List.of(new TestChain(network).next()), true);
        assertThatThrownBy(() -> plan.check(network.founding(), other))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("contradicts the checkpoint");
        assertThatThrownBy(() -> plan.check(TestNetwork.of(3).founding(), whole))
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("not of this network");
    }
}
