package org.witan.chain.merkle;

import java.util.Optional;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** Examines a stored tree: whether its pages hash to its root, and what its leaves say. */
public final class TreeCheck {
    private final PageSource source;
    private final Digest digest = Digest.plain();
    private long leaves;
    private Optional<String> problem = Optional.empty();

    private TreeCheck(PageSource source) {
        this.source = source;
    }

    /**
     * What a walk over all pages found.
     *
     * @param leaves how many there are, as far as the walk came
     * @param problem the first page that is missing or does not hash to what its parent says
     */
    public record Report(long leaves, Optional<String> problem) {}

    /** Walks over all pages of one version. */
    public static Report walk(PageSource source, TreeRoot root) {
        TreeCheck check = new TreeCheck(source);
        if (!root.hash().equals(Hash.NONE)) {
            check.page(TreeKey.root(root.version()), root.hash());
        }
        return new Report(check.leaves, check.problem);
    }

    /** The hash of the value at a path, without a proof; empty if there is none. */
    public static Optional<Hash> valueHash(PageSource source, TreeRoot root, Hash pathHash) {
        Optional<TreePage> page = source.page(TreeKey.root(root.version()));
        for (int depth = 0; page.isPresent(); depth++) {
            switch (page.get().slot(TreeKey.nibble(pathHash, depth))) {
                case Empty _ -> {
                    return Optional.empty();
                }
                case Leaf(var path, var value) -> {
                    return path.equals(pathHash) ? Optional.of(value) : Optional.empty();
                }
                case Child(var version, var _) ->
                        page = source.page(TreeKey.of(version, depth + 1, pathHash));
            }
        }
        return Optional.empty();
    }

    private void page(TreeKey key, Hash expected) {
        Optional<TreePage> found = source.page(key);
        if (found.isEmpty() || !found.get().hash(digest).equals(expected)) {
            String what = found.isEmpty() ? " is missing" : " does not hash to what names it";
            problem = Optional.of(key + what);
            return;
        }
        for (int nibble = 0; nibble < TreePage.SLOTS && problem.isEmpty(); nibble++) {
            switch (found.get().slot(nibble)) {
                case Empty _ -> {}
                case Leaf _ -> leaves++;
                case Child(var version, var hash) -> page(key.child(version, nibble), hash);
            }
        }
    }
}
