package org.witan.chain.merkle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * Shows to anybody who holds a root what stands at a path: a value, or nothing.
 *
 * <p>Wire v1: version u8, ending u8 (0 the path's own leaf, 1 an empty place, 2 another leaf), for
 * 2 that leaf's pathHash 32 and valueHash 32, siblings u8 count and 32 bytes each. Golden: {@code
 * proof-*.v1.hex}.
 *
 * @param ending what the way from the root ends in
 * @param siblings from the end of the way up to the root, at most 255; {@link Hash#NONE} where the
 *     other side is empty
 */
public record Proof(Ending ending, List<Hash> siblings) {
    /** Most siblings of a proof: more would need paths whose hashes share 256 bits. */
    public static final int MAX_SIBLINGS = 255;

    /** See the type. */
    public static final Codec<Proof> CODEC = new Codec<>(Proof::write, Proof::read);

    /** What the way from the root towards a path ends in. */
    public sealed interface Ending {}

    /** The leaf of the path itself: it has a value. */
    public enum Own implements Ending {
        /** The only one. */
        LEAF
    }

    /** Nothing: the path has no value. */
    public enum Nothing implements Ending {
        /** The only one. */
        EMPTY
    }

    /**
     * The leaf of another path, alone where this one would be: the path has no value.
     *
     * @param pathHash SHA-256 of the other path
     * @param valueHash SHA-256 of its value
     */
    public record Other(Hash pathHash, Hash valueHash) implements Ending {}

    /**
     * Finds the proof for a path.
     *
     * @param source pages of that version
     * @throws org.witan.genesis.failure.InvariantBroken if a page is missing
     */
    public static Proof of(PageSource source, TreeRoot root, Hash pathHash) {
        return new Prover(source, pathHash).prove(root);
    }

    /** Whether this shows that the path of this hash has this value, or none, below the root. */
    public boolean holds(Hash root, Hash pathHash, Optional<byte[]> value) {
        Digest digest = Digest.plain();
        Hash start;
        switch (ending) {
            case Own _ -> {
                if (value.isEmpty()) {
                    return false;
                }
                Hash valueHash = digest.add(value.get()).done();
                start = new Slot.Leaf(pathHash, valueHash).hash(digest);
            }
            case Nothing _ -> start = Hash.NONE;
            case Other other -> {
                if (other.pathHash.equals(pathHash) || !sharesWay(other.pathHash, pathHash)) {
                    return false;
                }
                start = new Slot.Leaf(other.pathHash, other.valueHash).hash(digest);
            }
        }
        boolean present = ending == Own.LEAF;
        return present == value.isPresent() && climb(start, pathHash, digest).equals(root);
    }

    /** Whether both paths lead to the place that the siblings lie around. */
    private boolean sharesWay(Hash one, Hash other) {
        for (int depth = 0; depth < siblings.size(); depth++) {
            if (one.bitAt(depth) != other.bitAt(depth)) {
                return false;
            }
        }
        return true;
    }

    private Hash climb(Hash start, Hash pathHash, Digest digest) {
        Hash node = start;
        int depth = siblings.size();
        for (Hash sibling : siblings) {
            depth--;
            digest.add(1);
            node =
                    pathHash.bitAt(depth) == 0
                            ? digest.add(node).add(sibling).done()
                            : digest.add(sibling).add(node).done();
        }
        return node;
    }

    private static void write(Proof proof, Writer out) {
        out.u8(1);
        switch (proof.ending) {
            case Own _ -> out.u8(0);
            case Nothing _ -> out.u8(1);
            case Other(var path, var value) -> {
                out.u8(2);
                Hash.CODEC.write(path, out);
                Hash.CODEC.write(value, out);
            }
        }
        out.u8(proof.siblings.size());
        proof.siblings.forEach(sibling -> Hash.CODEC.write(sibling, out));
    }

    private static Proof read(Reader in) {
        in.version(1);
        Ending ending =
                switch (in.u8()) {
                    case 0 -> Own.LEAF;
                    case 1 -> Nothing.EMPTY;
                    case 2 -> new Other(Hash.CODEC.read(in), Hash.CODEC.read(in));
                    default -> throw in.refuse("unknown ending of a proof");
                };
        int count = in.u8();
        if (count * Hash.SIZE_BYTES > in.left()) {
            throw in.refuse(count + " siblings cannot fit");
        }
        List<Hash> siblings = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            siblings.add(Hash.CODEC.read(in));
        }
        return new Proof(ending, Collections.unmodifiableList(siblings));
    }
}
