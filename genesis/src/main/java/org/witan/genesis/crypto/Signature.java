package org.witan.genesis.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.witan.genesis.codec.Codec;

/** An Ed25519 signature: 64 bytes, immutable, not yet known to be valid. */
public final class Signature {
    /** Length in bytes. */
    public static final int SIZE_BYTES = 64;

    /** 64 bytes as they are. */
    public static final Codec<Signature> CODEC =
            new Codec<>(
                    (signature, out) -> out.fixed(signature.bytes),
                    in -> new Signature(in.fixed(SIZE_BYTES)));

    private final byte[] bytes;

    private Signature(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A signature of 64 bytes, copied.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static Signature of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length);
        }
        return new Signature(bytes.clone());
    }

    /** The 64 bytes, a fresh array. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** 128 lower-case hex digits. */
    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signature signature && Arrays.equals(bytes, signature.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
