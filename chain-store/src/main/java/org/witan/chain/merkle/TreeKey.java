package org.witan.chain.merkle;

import java.util.Arrays;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;

/**
 * The name of a page: the version that wrote it and the nibbles that all paths below it share.
 *
 * <p>Wire: version u63, depth u8, the nibbles packed two to a byte with a zero nibble at the end of
 * an odd number. Ordered as its encoding, so pages of one version stand together on disk.
 */
public final class TreeKey implements Comparable<TreeKey> {
    /** Nibbles of a whole path hash. */
    public static final int MAX_DEPTH = 2 * Hash.SIZE_BYTES;

    /** See the type. */
    public static final Codec<TreeKey> CODEC = new Codec<>(TreeKey::write, TreeKey::read);

    private final long version;
    private final int depth;
    private final byte[] packed;

    private TreeKey(long version, int depth, byte[] packed) {
        this.version = version;
        this.depth = depth;
        this.packed = packed;
    }

    /** The page of this version at {@code depth} nibbles on the way to {@code pathHash}. */
    public static TreeKey of(long version, int depth, Hash pathHash) {
        byte[] packed = new byte[(depth + 1) / 2];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (byte) pathHash.byteAt(i);
        }
        if (depth % 2 == 1) {
            packed[depth / 2] &= (byte) 0xf0;
        }
        return new TreeKey(version, depth, packed);
    }

    /** The root page of this version. */
    public static TreeKey root(long version) {
        return new TreeKey(version, 0, new byte[0]);
    }

    /** The page of this version below one slot of this page. */
    TreeKey child(long childVersion, int nibble) {
        byte[] longer = Arrays.copyOf(packed, (depth + 2) / 2);
        longer[depth / 2] |= (byte) (depth % 2 == 0 ? nibble << 4 : nibble);
        return new TreeKey(childVersion, depth + 1, longer);
    }

    /** The nibble of {@code pathHash} at {@code depth}, 0 to 15. */
    static int nibble(Hash pathHash, int depth) {
        int both = pathHash.byteAt(depth >>> 1);
        return depth % 2 == 0 ? both >>> 4 : both & 0xf;
    }

    /** The height that wrote the page. */
    public long version() {
        return version;
    }

    /** Nibbles above the page, 0 for the root. */
    public int depth() {
        return depth;
    }

    /** Spreads pages; the same for all versions of one page. */
    public int pathHashCode() {
        int hash = depth;
        for (byte part : packed) {
            hash = hash * 257 + (part & 0xff);
        }
        return hash * 0x9e3779b1;
    }

    private static void write(TreeKey key, Writer out) {
        out.u63(key.version).u8(key.depth).fixed(key.packed);
    }

    private static TreeKey read(Reader in) {
        long version = in.u63();
        int depth = in.u8();
        if (depth >= MAX_DEPTH) {
            throw in.refuse("a page at depth " + depth);
        }
        byte[] packed = in.fixed((depth + 1) / 2);
        if (depth % 2 == 1 && (packed[depth / 2] & 0xf) != 0) {
            throw in.refuse("a nibble beyond the depth");
        }
        return new TreeKey(version, depth, packed);
    }

    @Override
    public int compareTo(TreeKey other) {
        int order = Long.compare(version, other.version);
        if (order == 0) {
            order = Integer.compare(depth, other.depth);
        }
        return order != 0 ? order : Arrays.compareUnsigned(packed, other.packed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeKey key
                && version == key.version
                && depth == key.depth
                && Arrays.equals(packed, key.packed);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Long.hashCode(version) + depth) + Arrays.hashCode(packed);
    }

    @Override
    public String toString() {
        String nibbles = java.util.HexFormat.of().formatHex(packed).substring(0, depth);
        return "page " + nibbles + "@" + version;
    }
}
