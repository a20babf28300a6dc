package org.witan.genesis.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.witan.genesis.codec.Codec;

/** A SHA-256 digest: 32 bytes, immutable, ordered as unsigned bytes. */
public final class Hash implements Comparable<Hash> {
    /** Length in bytes. */
    public static final int SIZE_BYTES = 32;

    /** 32 zero bytes, where a format has a place for a hash and there is none. */
    public static final Hash NONE = new Hash(new byte[SIZE_BYTES]);

    /** 32 bytes as they are. */
    public static final Codec<Hash> CODEC =
            new Codec<>((hash, out) -> out.fixed(hash.bytes), in -> new Hash(in.fixed(SIZE_BYTES)));

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash of 32 bytes, copied.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static Hash of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /**
     * A hash of 64 lower-case hex digits.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static Hash ofHex(String hex) {
        if (hex.length() != 2 * SIZE_BYTES) {
            throw new IllegalArgumentException("a hash has 64 hex digits, not " + hex.length());
        }
        return new Hash(HexFormat.of().parseHex(hex));
    }

    static Hash owning(byte[] bytes) {
        return new Hash(bytes);
    }

    /** The 32 bytes, a fresh array. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** One of the 32 bytes, 0 to 255. */
    public int byteAt(int index) {
        return bytes[index] & 0xff;
    }

    /** One of the 256 bits, the first byte's highest bit is bit 0. */
    public int bitAt(int index) {
        return bytes[index >>> 3] >>> (7 - (index & 7)) & 1;
    }

    /** 64 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The first eight hex digits, for people. */
    public String shortHex() {
        return HexFormat.of().formatHex(bytes, 0, 4);
    }

    void feed(java.security.MessageDigest digest) {
        digest.update(bytes);
    }

    @Override
    public int compareTo(Hash other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    /** Four of the digest's bytes: they are as good as random. */
    @Override
    public int hashCode() {
        return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff;
    }

    @Override
    public String toString() {
        return hex();
    }
}
