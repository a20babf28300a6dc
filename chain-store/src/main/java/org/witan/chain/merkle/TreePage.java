package org.witan.chain.merkle;

import java.util.Arrays;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * Four levels of the binary tree: 16 slots, one for each next nibble. Immutable.
 *
 * <p>Wire: bitmap u16 of the slots in use, bitmap u16 of those that are leaves (bit n is slot n),
 * then the slots in ascending order: leaf pathHash 32, valueHash 32; child version u63, hash 32.
 * Golden: {@code page.hex}.
 */
public final class TreePage {
    /** See the type. */
    public static final Codec<TreePage> CODEC = new Codec<>(TreePage::write, TreePage::read);

    static final int SLOTS = 16;

    private final Slot[] slots;

    TreePage(Slot[] slots) {
        this.slots = slots;
    }

    /** A fresh array of 16 empty slots. */
    static Slot[] emptySlots() {
        Slot[] slots = new Slot[SLOTS];
        Arrays.fill(slots, Empty.EMPTY);
        return slots;
    }

    Slot slot(int nibble) {
        return slots[nibble];
    }

    /** A fresh array of the 16 slots. */
    Slot[] slots() {
        return slots.clone();
    }

    /** Hash of the subtree whose top is this page. */
    Hash hash(Digest digest) {
        return new PageFold(slots, digest).top();
    }

    private static void write(TreePage page, Writer out) {
        int used = 0;
        int leaves = 0;
        for (int n = 0; n < SLOTS; n++) {
            used |= page.slots[n] == Empty.EMPTY ? 0 : 1 << n;
            leaves |= page.slots[n] instanceof Leaf ? 1 << n : 0;
        }
        out.u16(used).u16(leaves);
        for (Slot slot : page.slots) {
            switch (slot) {
                case Leaf(var path, var value) -> {
                    Hash.CODEC.write(path, out);
                    Hash.CODEC.write(value, out);
                }
                case Child(var version, var hash) -> {
                    out.u63(version);
                    Hash.CODEC.write(hash, out);
                }
                case Empty _ -> {}
            }
        }
    }

    private static TreePage read(Reader in) {
        int used = in.u16();
        int leaves = in.u16();
        if (used == 0 || (leaves & ~used) != 0) {
            throw in.refuse("a page without slots, or a leaf in a slot that is not in use");
        }
        Slot[] slots = emptySlots();
        for (int n = 0; n < SLOTS; n++) {
            if ((leaves >>> n & 1) == 1) {
                slots[n] = new Leaf(Hash.CODEC.read(in), Hash.CODEC.read(in));
            } else if ((used >>> n & 1) == 1) {
                slots[n] = new Child(in.u63(), Hash.CODEC.read(in));
            }
        }
        return new TreePage(slots);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePage page && Arrays.equals(slots, page.slots);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(slots);
    }
}
