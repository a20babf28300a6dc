package org.witan.chain.merkle;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.witan.chain.merkle.RangeProof.Nothing;
import org.witan.chain.merkle.RangeProof.OneLeaf;
import org.witan.chain.merkle.RangeProof.Several;
import org.witan.chain.merkle.RangeProof.Side;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** Rule T5: builds the root anew from the leaves of a range and from what hangs beside it. */
final class RangeCheck {
    private final Iterator<Side> sides;
    private final Hash from;
    private final Hash to;
    private final Digest digest = Digest.plain();

    /** Turned off by a side that cannot hang where it is wanted. */
    private boolean sound = true;

    RangeCheck(RangeProof proof, Hash from, Hash to) {
        sides = proof.sides().iterator();
        this.from = from;
        this.to = to;
    }

    boolean holds(Hash root, SortedMap<Hash, Hash> leaves) {
        boolean within =
                from.compareTo(to) <= 0
                        && (leaves.isEmpty()
                                || (from.compareTo(leaves.firstKey()) <= 0
                                        && leaves.lastKey().compareTo(to) <= 0));
        if (!within) {
            return false;
        }
        Side top = along(List.copyOf(leaves.entrySet()), 0, true, true);
        return sound && !sides.hasNext() && top.hash(digest).equals(root);
    }

    /** The node on the way to one or both ends of the range. */
    private Side along(List<Map.Entry<Hash, Hash>> leaves, int depth, boolean low, boolean high) {
        if (depth == RangeProver.DEPTH || (!low && !high)) {
            return inside(leaves, depth);
        }
        int split = split(leaves, depth);
        Side left = child(leaves.subList(0, split), depth, 0, low, high);
        return join(left, child(leaves.subList(split, leaves.size()), depth, 1, low, high));
    }

    private Side child(
            List<Map.Entry<Hash, Hash>> leaves, int depth, int bit, boolean low, boolean high) {
        if ((low && bit < from.bitAt(depth)) || (high && bit > to.bitAt(depth))) {
            return outside(depth, bit, low ? from : to);
        }
        boolean lowest = low && bit == from.bitAt(depth);
        return along(leaves, depth + 1, lowest, high && bit == to.bitAt(depth));
    }

    /** The next side, for the subtree beside {@code way} that begins with {@code bit}. */
    private Side outside(int depth, int bit, Hash way) {
        Side side = sides.hasNext() ? sides.next() : new Several(Hash.NONE);
        sound &=
                switch (side) {
                    case Nothing _ -> true;
                    // A leaf from elsewhere would be one that the range hides.
                    case OneLeaf(var path, var _) ->
                            path.bitAt(depth) == bit && shares(path, way, depth);
                    case Several(var top) -> !top.equals(Hash.NONE);
                };
        return side;
    }

    private static boolean shares(Hash path, Hash way, int bits) {
        for (int depth = 0; depth < bits; depth++) {
            if (path.bitAt(depth) != way.bitAt(depth)) {
                return false;
            }
        }
        return true;
    }

    /** A node all of whose leaves lie in the range. */
    private Side inside(List<Map.Entry<Hash, Hash>> leaves, int depth) {
        if (leaves.isEmpty()) {
            return Nothing.EMPTY;
        }
        if (leaves.size() == 1) {
            return new OneLeaf(leaves.getFirst().getKey(), leaves.getFirst().getValue());
        }
        int split = split(leaves, depth);
        return join(
                inside(leaves.subList(0, split), depth + 1),
                inside(leaves.subList(split, leaves.size()), depth + 1));
    }

    /** How many of the leaves, which share all bits above, have a 0 at this depth. */
    private static int split(List<Map.Entry<Hash, Hash>> leaves, int depth) {
        int low = 0;
        int high = leaves.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (leaves.get(middle).getKey().bitAt(depth) == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Side join(Side left, Side right) {
        if (left == Nothing.EMPTY && !(right instanceof Several)) {
            return right;
        }
        if (right == Nothing.EMPTY && !(left instanceof Several)) {
            return left;
        }
        Hash leftHash = left.hash(digest);
        Hash rightHash = right.hash(digest);
        return new Several(digest.add(1).add(leftHash).add(rightHash).done());
    }
}
