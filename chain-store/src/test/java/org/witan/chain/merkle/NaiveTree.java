package org.witan.chain.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** The definition of the tree, word by word, without pages, versions or care for speed. */
public final class NaiveTree {
    private NaiveTree() {}

    /** The root over the hashes of values by the hashes of their paths. */
    public static Hash root(SortedMap<Hash, Hash> leaves) {
        return root(List.copyOf(leaves.entrySet()), 0);
    }

    private static Hash root(List<Map.Entry<Hash, Hash>> leaves, int depth) {
        if (leaves.isEmpty()) {
            return Hash.NONE;
        }
        if (leaves.size() == 1) {
            var leaf = leaves.getFirst();
            return Digest.plain().add(0).add(leaf.getKey()).add(leaf.getValue()).done();
        }
        return Digest.plain()
                .add(1)
                .add(root(side(leaves, depth, 0), depth + 1))
                .add(root(side(leaves, depth, 1), depth + 1))
                .done();
    }

    /** Siblings on the way to a path, from its end to the root, and the leaf found there. */
    static Optional<Map.Entry<Hash, Hash>> walk(
            SortedMap<Hash, Hash> all, Hash path, List<Hash> siblings) {
        List<Map.Entry<Hash, Hash>> leaves = List.copyOf(all.entrySet());
        for (int depth = 0; leaves.size() > 1; depth++) {
            int bit = path.bitAt(depth);
            siblings.addFirst(root(side(leaves, depth, 1 - bit), depth + 1));
            leaves = side(leaves, depth, bit);
        }
        return leaves.stream().findFirst();
    }

    private static List<Map.Entry<Hash, Hash>> side(
            List<Map.Entry<Hash, Hash>> leaves, int depth, int bit) {
        List<Map.Entry<Hash, Hash>> side = new ArrayList<>();
        for (var leaf : leaves) {
            if (leaf.getKey().bitAt(depth) == bit) {
                side.add(leaf);
            }
        }
        return side;
    }
}
