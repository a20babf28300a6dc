package org.witan.genesis.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.codec.Codec;

/**
 * An Ed25519 public key: 32 bytes, immutable, shown as {@code ed25519:} and 64 hex digits.
 *
 * <p>A value of this type is only bytes; whether they are a usable key is {@link #isSound}, asked
 * once when a key is registered. The decoded point is kept after the first verification.
 */
public final class PublicKey {
    /** Length in bytes. */
    public static final int SIZE_BYTES = 32;

    /** 32 bytes as they are. */
    public static final Codec<PublicKey> CODEC =
            new Codec<>((key, out) -> out.fixed(key.bytes), in -> new PublicKey(in.fixed(32)));

    private static final String PREFIX = "ed25519:";

    private final byte[] bytes;

    /** Decoded lazily; a race only decodes twice. */
    private volatile @Nullable PublicPoint point;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A key of 32 bytes, copied.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
        }
        return new PublicKey(bytes.clone());
    }

    /**
     * A key in the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static PublicKey parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() != PREFIX.length() + 2 * SIZE_BYTES) {
            throw new IllegalArgumentException("a key is written ed25519: and 64 hex digits");
        }
        String hex = text.substring(PREFIX.length());
        if (!hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw new IllegalArgumentException("a key is written ed25519: and 64 hex digits");
        }
        return new PublicKey(HexFormat.of().parseHex(hex));
    }

    /** Whether this is a canonical point of the full prime order, as a registered key must be. */
    public boolean isSound() {
        return Ed25519.isSound(bytes);
    }

    /** The 32 bytes, a fresh array. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Nullable PublicPoint point() {
        PublicPoint known = point;
        if (known == null) {
            known = Ed25519.decode(bytes);
            point = known;
        }
        return known;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return PREFIX + HexFormat.of().formatHex(bytes);
    }
}
