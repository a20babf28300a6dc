package org.witan.chain.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.merkle.PageFold.Span;
import org.witan.chain.merkle.RangeProof.Nothing;
import org.witan.chain.merkle.RangeProof.OneLeaf;
import org.witan.chain.merkle.RangeProof.Several;
import org.witan.chain.merkle.RangeProof.Side;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;

/** Walks along both ends of a range and collects what hangs outside it. */
final class RangeProver {
    /** Binary levels of the whole tree. */
    static final int DEPTH = 8 * Hash.SIZE_BYTES;

    private final PageSource source;
    private final Hash from;
    private final Hash to;
    private final Digest digest = Digest.plain();
    private final List<Side> sides = new ArrayList<>();

    RangeProver(PageSource source, Hash from, Hash to) {
        this.source = source;
        this.from = from;
        this.to = to;
    }

    /** A binary node: of a page, or what a lone leaf or nothing looks like further down. */
    private sealed interface Node {
        Side side();
    }

    private record Lone(Side side) implements Node {}

    /** Node {@code index} of {@code level} in a page that starts at {@code key}. */
    private record InPage(
            Side side, TreeKey key, TreePage page, PageFold fold, int level, int index)
            implements Node {}

    RangeProof prove(TreeRoot root) {
        Node top =
                root.hash().equals(Hash.NONE)
                        ? new Lone(Nothing.EMPTY)
                        : open(TreeKey.root(root.version()));
        walk(top, 0, true, true);
        return new RangeProof(List.copyOf(sides));
    }

    /** {@code low} and {@code high}: whether the way to that end of the range leads through. */
    private void walk(Node node, int depth, boolean low, boolean high) {
        if (depth == DEPTH || (!low && !high)) {
            return;
        }
        for (int bit = 0; bit <= 1; bit++) {
            Node child = child(node, depth, bit);
            if ((low && bit < from.bitAt(depth)) || (high && bit > to.bitAt(depth))) {
                sides.add(child.side());
            } else {
                boolean lowest = low && bit == from.bitAt(depth);
                walk(child, depth + 1, lowest, high && bit == to.bitAt(depth));
            }
        }
    }

    private Node child(Node node, int depth, int bit) {
        return switch (node) {
            case Lone(OneLeaf leaf) when leaf.pathHash().bitAt(depth) != bit ->
                    new Lone(Nothing.EMPTY);
            case Lone lone -> lone;
            case InPage inner when inner.level == 0 -> {
                Child below = (Child) inner.page.slot(inner.index);
                yield child(open(inner.key.child(below.version(), inner.index)), depth, bit);
            }
            case InPage inner ->
                    node(inner.key, inner.page, inner.fold, inner.level - 1, 2 * inner.index + bit);
        };
    }

    private Node open(TreeKey key) {
        Optional<TreePage> page = source.page(key);
        Check.invariant(page.isPresent(), "the state tree lacks %s", key);
        TreePage found = page.orElseThrow();
        PageFold fold = new PageFold(found.slots(), digest);
        return node(key, found, fold, PageFold.LEVELS, 0);
    }

    private static Node node(TreeKey key, TreePage page, PageFold fold, int level, int index) {
        Span span = fold.span(level, index);
        if (span == Span.SEVERAL) {
            return new InPage(new Several(fold.hash(level, index)), key, page, fold, level, index);
        }
        for (int n = index << level; n < index + 1 << level; n++) {
            if (page.slot(n) instanceof Leaf(var path, var value)) {
                return new Lone(new OneLeaf(path, value));
            }
        }
        return new Lone(Nothing.EMPTY);
    }
}
