package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Golden;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.Proof;
import org.witan.chain.rocks.guard.Mark;
import org.witan.chain.state.Entry;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;

/** Readers of a state are not disturbed by the blocks that are committed meanwhile. */
final class ReadersTest {
    private static final StatePath COUNTER = StatePath.entry(new NodeId("v1"), "counter");

    @TempDir Path folder;
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);

    @Test
    void aReaderSeesOneHeight() throws Exception {
        try (RocksStore store = open()) {
            store.apply(List.of(chain.next(network.put(1, "counter", "1"))), true);
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Long> reads =
                    CompletableFuture.supplyAsync(() -> readUntil(store, done));
            for (int i = 2; i <= 150; i++) {
                store.apply(List.of(chain.next(network.put(i, "counter", "" + i))), i % 50 == 0);
                chain.committed(store);
            }
            done.set(true);
            assertThat(reads.get()).isPositive();
        }
    }

    /** The counter is written in each block, so its height is that of the state. */
    private static long readUntil(RocksStore store, AtomicBoolean done) {
        long reads = 0;
        while (!done.get() || reads == 0) {
            StateReader state = store.state();
            try {
                for (int again = 0; again < 5; again++) {
                    Optional<byte[]> value = state.value(COUNTER);
                    Entry entry = Entry.CODEC.decode(value.orElseThrow()).orThrow();
                    assertThat(entry.height()).isEqualTo(state.height());
                    Proof proof = Proof.of(state, state.treeRoot(), COUNTER.hash());
                    assertThat(proof.holds(state.root(), COUNTER.hash(), value)).isTrue();
                    reads++;
                }
            } catch (OperatorError pruned) {
                assertThat(pruned.code()).isEqualTo("STATE_PRUNED");
            }
        }
        return reads;
    }

    @Test
    void statesTooFarBehindAreGoneAndSaySo() {
        try (RocksStore store =
                RocksStore.open(StoreSettings.in(folder).withKeepStates(5), network.founding())) {
            StateReader first = store.state();
            for (int i = 1; i <= 20; i++) {
                store.apply(List.of(chain.next(network.put(i, "counter", "" + i))), false);
            }
            assertThat(store.stateAt(14)).isEmpty();
            for (long height = 15; height <= 20; height++) {
                StateReader state = store.stateAt(height).orElseThrow();
                Entry entry = Entry.CODEC.decode(state.value(COUNTER).orElseThrow()).orThrow();
                assertThat(entry.height()).isEqualTo(height);
            }
            assertThat(
                            org.assertj.core.api.Assertions.catchThrowableOfType(
                                    OperatorError.class, () -> first.value(COUNTER)))
                    .extracting(OperatorError::code)
                    .isEqualTo("STATE_PRUNED");
        }
    }

    @Test
    void aStoreThatKeepsAllAnswersWithProofAboutAnyHeight() {
        StoreSettings all = StoreSettings.in(folder).withKeepStates(Integer.MAX_VALUE);
        try (RocksStore store = RocksStore.open(all, network.founding())) {
            for (int i = 1; i <= 200; i++) {
                store.apply(List.of(chain.next(network.put(i, "counter", "" + i))), false);
            }
        }
        try (RocksStore store = RocksStore.open(all, network.founding())) {
            for (long height : List.of(1L, 2L, 100L, 199L, 200L)) {
                StateReader state = store.stateAt(height).orElseThrow();
                Optional<byte[]> value = state.value(COUNTER);
                Entry entry = Entry.CODEC.decode(value.orElseThrow()).orThrow();
                assertThat(entry.height()).isEqualTo(height);
                Proof proof = Proof.of(state, state.treeRoot(), COUNTER.hash());
                Hash root = store.header(height).orElseThrow().stateRoot();
                assertThat(proof.holds(root, COUNTER.hash(), value)).isTrue();
            }
        }
    }

    @Test
    void aReaderOfAClosedStoreIsToldSo() {
        RocksStore store = open();
        StateReader state = store.state();
        store.close();
        assertThatThrownBy(() -> state.value(COUNTER))
                .isInstanceOf(StoreFailed.class)
                .hasMessage("the store is closed");
        assertThatThrownBy(() -> store.block(0)).isInstanceOf(StoreFailed.class);
        store.close();
    }

    @Test
    void theMarkHasOneForm() {
        Ballot ballot = new Ballot(VoteKind.NULLIFY, 2, Hash.NONE, 9, Hash.NONE);
        String instance = "0123456789abcdef".repeat(2);
        Mark mark = new Mark(7, instance, 3, 5, Optional.of(ballot), 8, Hash.NONE);
        Golden.check(ReadersTest.class, "mark.v1", Mark.CODEC, mark);
    }

    private RocksStore open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }
}
