package org.witan.chain.merkle;

import java.util.List;
import java.util.SortedMap;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * Shows to anybody who holds a root all that stands between two path hashes, both included: that
 * nothing of it was changed, left out or added.
 *
 * <p>Wire v1: version u8, sides u16 count, each a kind u8 (0 nothing, 1 one leaf, 2 several) with,
 * for 1, pathHash 32 and valueHash 32, for 2, hash 32. Source: docs/protocol/ledger.md, T5.
 *
 * @param sides what hangs beside the two ways from the root to the ends of the range and outside
 *     it, from left to right
 */
public record RangeProof(List<Side> sides) {
    /** Most sides: one at each of 256 levels, for both ways. */
    public static final int MAX_SIDES = 512;

    /** See the type. */
    public static final Codec<RangeProof> CODEC =
            new Codec<>(
                    (proof, out) -> out.u8(1).list16(proof.sides, Side.CODEC),
                    in -> {
                        in.version(1);
                        return new RangeProof(in.list16(MAX_SIDES, 1, Side.CODEC));
                    });

    /** A subtree: nothing, exactly one leaf, or several. */
    public sealed interface Side {
        /** See {@link RangeProof}. */
        Codec<Side> CODEC = new Codec<>(RangeProof::write, RangeProof::read);

        /** Its hash by rule T1. */
        Hash hash(Digest digest);
    }

    /** A subtree without leaves. */
    public enum Nothing implements Side {
        /** The only one. */
        EMPTY;

        @Override
        public Hash hash(Digest digest) {
            return Hash.NONE;
        }
    }

    /**
     * A subtree of one leaf, which it is.
     *
     * @param pathHash SHA-256 of the path
     * @param valueHash SHA-256 of its value
     */
    public record OneLeaf(Hash pathHash, Hash valueHash) implements Side {
        @Override
        public Hash hash(Digest digest) {
            return new Slot.Leaf(pathHash, valueHash).hash(digest);
        }
    }

    /**
     * A subtree of two leaves or more.
     *
     * @param top hash of the inner node at its top
     */
    public record Several(Hash top) implements Side {
        @Override
        public Hash hash(Digest digest) {
            return top;
        }
    }

    /**
     * The proof for the leaves from {@code from} to {@code to}, both included.
     *
     * @param source pages of that version
     * @throws org.witan.genesis.failure.InvariantBroken if a page is missing
     */
    public static RangeProof of(PageSource source, TreeRoot root, Hash from, Hash to) {
        return new RangeProver(source, from, to).prove(root);
    }

    /**
     * Whether exactly these leaves stand below the root from {@code from} to {@code to}.
     *
     * @param leaves path hash to hash of the value
     */
    public boolean holds(Hash root, Hash from, Hash to, SortedMap<Hash, Hash> leaves) {
        return new RangeCheck(this, from, to).holds(root, leaves);
    }

    private static void write(Side side, Writer out) {
        switch (side) {
            case Nothing _ -> out.u8(0);
            case OneLeaf(var path, var value) -> {
                out.u8(1);
                Hash.CODEC.write(path, out);
                Hash.CODEC.write(value, out);
            }
            case Several(var top) -> {
                out.u8(2);
                Hash.CODEC.write(top, out);
            }
        }
    }

    private static Side read(Reader in) {
        return switch (in.u8()) {
            case 0 -> Nothing.EMPTY;
            case 1 -> new OneLeaf(Hash.CODEC.read(in), Hash.CODEC.read(in));
            case 2 -> new Several(Hash.CODEC.read(in));
            default -> throw in.refuse("unknown kind of a subtree");
        };
    }
}
