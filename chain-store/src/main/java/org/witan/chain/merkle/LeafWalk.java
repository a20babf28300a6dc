package org.witan.chain.merkle;

import java.util.Optional;
import java.util.function.BiPredicate;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;

/** Goes through the leaves of a tree in the order of their path hashes, from a place on. */
public final class LeafWalk {
    private final PageSource source;
    private final Hash from;
    private final BiPredicate<Hash, Hash> more;

    private LeafWalk(PageSource source, Hash from, BiPredicate<Hash, Hash> more) {
        this.source = source;
        this.from = from;
        this.more = more;
    }

    /**
     * Gives path hash and value hash of each leaf from {@code from} on, ascending, until {@code
     * more} says false.
     *
     * @throws org.witan.genesis.failure.InvariantBroken if a page is missing
     */
    public static void from(
            PageSource source, TreeRoot root, Hash from, BiPredicate<Hash, Hash> more) {
        if (!root.hash().equals(Hash.NONE)) {
            new LeafWalk(source, from, more).page(TreeKey.root(root.version()), 0, true);
        }
    }

    /**
     * @param edge whether leaves before {@code from} can stand below this page
     * @return whether more is wanted
     */
    private boolean page(TreeKey key, int depth, boolean edge) {
        Optional<TreePage> page = source.page(key);
        Check.invariant(page.isPresent(), "the state tree lacks %s", key);
        int first = edge ? TreeKey.nibble(from, depth) : 0;
        boolean wanted = true;
        for (int nibble = first; wanted && nibble < TreePage.SLOTS; nibble++) {
            wanted =
                    switch (page.orElseThrow().slot(nibble)) {
                        case Empty _ -> true;
                        case Leaf(var path, var value) ->
                                path.compareTo(from) < 0 || more.test(path, value);
                        case Child(var version, var _) ->
                                page(
                                        key.child(version, nibble),
                                        depth + 1,
                                        edge && nibble == first);
                    };
        }
        return wanted;
    }
}
