package org.witan.chain.state;

import java.util.Optional;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.Proof;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.fuzz.FormatsTarget;
import org.witan.genesis.membership.NodeId;

/** Values of the network state, pages of its tree, proofs, and links between epochs. */
final class StateFuzzTest extends FormatsTarget {
    StateFuzzTest() {
        TestNetwork network = TestNetwork.of(4);
        PostState state = GenesisState.of(network.founding());
        format("entry", Entry.CODEC, new Entry(3, 17, new byte[] {1, 2, 3}));
        NonceWindow used = NonceWindow.UNUSED.use(20).use(4).use(70);
        format("nonce-window", NonceWindow.CODEC, used);
        format("path", StatePath.CODEC, StatePath.entry(new NodeId("v1"), "größe"));
        TreeKey root = TreeKey.root(0);
        format("tree-key", TreeKey.CODEC, root, TreeKey.of(7, 5, StatePath.NAME.hash()));
        format(
                "page",
                TreePage.CODEC,
                Optional.ofNullable(state.addedPages().get(root)).orElseThrow());
        format("root", TreeRoot.CODEC, state.treeRoot());
        format("proof", Proof.CODEC, proof(state, "member/v1"), proof(state, "nothing"));
        TestChain chain = new TestChain(network);
        var header = chain.next().block().header();
        Certificate certificate = chain.certificate(VoteKind.FINALIZE, 1, header.hash());
        var configuration = network.founding().firstEpoch().configuration();
        format(
                "epoch-link",
                EpochLink.CODEC,
                new EpochLink(2, header, Optional.of(certificate), configuration),
                new EpochLink(1, header, Optional.empty(), configuration));
    }

    private static Proof proof(PostState state, String path) {
        return Proof.of(state, state.treeRoot(), StatePath.parse(path).hash());
    }

    @Override
    protected void accepted(Object value) {
        switch (value) {
            case NonceWindow window -> {
                for (long nonce : new long[] {0, 1, 63, 64, Long.MAX_VALUE}) {
                    if (!window.hasUsed(nonce) && !window.use(nonce).hasUsed(nonce)) {
                        throw new AssertionError(nonce + " was used, and is not");
                    }
                }
            }
            case StatePath path -> StatePath.parse(path.text());
            case EpochLink link -> link.epoch();
            default -> {}
        }
    }
}
