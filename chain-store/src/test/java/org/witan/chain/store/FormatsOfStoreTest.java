package org.witan.chain.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Golden;
import org.witan.chain.merkle.Proof;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.state.Entry;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.NonceWindow;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;

/** The formats of state, tree and epochs, held still. */
final class FormatsOfStoreTest {
    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);

    @Test
    void values() {
        Golden.check(
                FormatsOfStoreTest.class,
                "entry.v1",
                Entry.CODEC,
                new Entry(3, 17, new byte[] {1, 2, 3}));
        Golden.check(
                FormatsOfStoreTest.class,
                "nonce-window.v1",
                NonceWindow.CODEC,
                NonceWindow.UNUSED.use(20).use(4).use(70));
        Golden.check(
                FormatsOfStoreTest.class,
                "path",
                StatePath.CODEC,
                StatePath.entry(new NodeId("v1"), "größe"));
    }

    @Test
    void links() {
        StoreWrite.Commit commit = chain.next();
        Golden.check(
                FormatsOfStoreTest.class,
                "epoch-link.v1",
                EpochLink.CODEC,
                new EpochLink(
                        2,
                        commit.block().header(),
                        commit.finalization(),
                        network.founding().firstEpoch().configuration()));
    }

    @Test
    void chunks() {
        PostState state = GenesisState.of(network.founding());
        StatePath path = StatePath.NAME;
        Golden.check(
                FormatsOfStoreTest.class,
                "state-chunk.v1",
                StateChunk.CODEC,
                new StateChunk(
                        path.hash(),
                        path.hash(),
                        List.of(new StateChunk.Item(path, state.value(path).orElseThrow())),
                        RangeProof.of(state, state.treeRoot(), path.hash(), path.hash())));
        assertThat(StateChunk.after(StateChunk.LAST)).isEmpty();
        assertThat(StateChunk.after(Hash.NONE).orElseThrow().hex()).endsWith("0001");
    }

    @Test
    void bases() {
        StoreWrite.Commit commit = chain.next();
        EpochLink first =
                new EpochLink(
                        1,
                        GenesisState.genesisBlock(network.founding()).header(),
                        Optional.empty(),
                        network.founding().firstEpoch().configuration());
        Golden.check(
                FormatsOfStoreTest.class,
                "base.v1",
                Base.CODEC,
                new Base(
                        List.of(first),
                        commit.block().header(),
                        commit.finalization().orElseThrow()));
    }

    @Test
    void aChunkOutOfOrderIsRefused() {
        List<StateChunk.Item> items =
                Stream.of("a", "b", "c")
                        .map(name -> new StateChunk.Item(StatePath.parse(name), new byte[1]))
                        .sorted(Comparator.comparing(item -> item.path().hash()))
                        .toList();
        RangeProof proof = new RangeProof(List.of());
        byte[] right =
                StateChunk.CODEC.encode(new StateChunk(Hash.NONE, StateChunk.LAST, items, proof));
        assertThat(StateChunk.CODEC.decode(right)).isInstanceOf(Decoded.Ok.class);
        byte[] wrong =
                StateChunk.CODEC.encode(
                        new StateChunk(Hash.NONE, StateChunk.LAST, items.reversed(), proof));
        assertThat(StateChunk.CODEC.decode(wrong)).isInstanceOf(Decoded.Bad.class);
        byte[] backwards =
                StateChunk.CODEC.encode(
                        new StateChunk(StateChunk.LAST, Hash.NONE, List.of(), proof));
        assertThat(StateChunk.CODEC.decode(backwards)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void treeAndProofs() {
        PostState state = GenesisState.of(network.founding());
        Map<TreeKey, TreePage> pages = new HashMap<>(state.addedPages());
        TreeKey key = TreeKey.root(0);
        TreePage root = Optional.ofNullable(pages.get(key)).orElseThrow();
        Golden.check(FormatsOfStoreTest.class, "page", TreePage.CODEC, root);
        Golden.check(
                FormatsOfStoreTest.class,
                "tree-key",
                TreeKey.CODEC,
                TreeKey.of(7, 5, StatePath.NAME.hash()));
        for (String name : new String[] {"member/v1", "member/v7", "x", "y", "z"}) {
            StatePath path = StatePath.parse(name);
            Golden.check(
                    FormatsOfStoreTest.class,
                    "proof-" + name.replace('/', '-') + ".v1",
                    Proof.CODEC,
                    Proof.of(state, state.treeRoot(), path.hash()));
        }
    }

    @Test
    void pathsAreBounded() {
        assertThat(StatePath.parse("ä".repeat(128)).toBytes()).hasSize(256);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> StatePath.parse("a".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> StatePath.parse("\ud800"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(StatePath.CODEC.decode(new byte[] {0, 0})).isInstanceOf(Decoded.Bad.class);
    }
}
