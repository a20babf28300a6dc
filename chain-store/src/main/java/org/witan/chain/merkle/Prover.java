package org.witan.chain.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.witan.chain.merkle.PageFold.Span;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;

/** Walks from the root towards one path and collects what lies beside the way. */
final class Prover {
    private final PageSource source;
    private final Hash pathHash;
    private final Digest digest = Digest.plain();

    /** From the root down. */
    private final List<Hash> siblings = new ArrayList<>();

    Prover(PageSource source, Hash pathHash) {
        this.source = source;
        this.pathHash = pathHash;
    }

    Proof prove(TreeRoot root) {
        if (root.hash().equals(Hash.NONE)) {
            return new Proof(Proof.Nothing.EMPTY, List.of());
        }
        TreeKey key = TreeKey.root(root.version());
        while (true) {
            TreePage page = load(key);
            Slot end = down(page, key.depth());
            if (!(end instanceof Child child)) {
                return new Proof(ending(end), Collections.unmodifiableList(siblings.reversed()));
            }
            key = TreeKey.of(child.version(), key.depth() + 1, pathHash);
        }
    }

    /** Goes through the four levels of a page; stops where only one leaf or nothing is left. */
    private Slot down(TreePage page, int depth) {
        PageFold fold = new PageFold(page.slots(), digest);
        int nibble = TreeKey.nibble(pathHash, depth);
        int level = PageFold.LEVELS;
        while (level > 0 && fold.span(level, nibble >> level) == Span.SEVERAL) {
            level--;
            siblings.add(fold.hash(level, (nibble >> level) ^ 1));
        }
        return onlyOne(page, (nibble >> level) << level, 1 << level);
    }

    /** The one slot in use among some neighbours. */
    private static Slot onlyOne(TreePage page, int from, int count) {
        for (int n = from; n < from + count; n++) {
            if (page.slot(n) != Empty.EMPTY) {
                return page.slot(n);
            }
        }
        return Empty.EMPTY;
    }

    private Proof.Ending ending(Slot end) {
        if (!(end instanceof Leaf leaf)) {
            return Proof.Nothing.EMPTY;
        }
        return leaf.pathHash().equals(pathHash)
                ? Proof.Own.LEAF
                : new Proof.Other(leaf.pathHash(), leaf.valueHash());
    }

    private TreePage load(TreeKey key) {
        Optional<TreePage> page = source.page(key);
        Check.invariant(page.isPresent(), "the state tree lacks %s", key);
        return page.orElseThrow();
    }
}
