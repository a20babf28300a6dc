package org.witan.genesis.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Feeds SHA-256, piece by piece, behind a tag that says what is hashed.
 *
 * <p>Two things with different tags never have the same hash. The pieces are not separated: the
 * caller's format fixes their lengths.
 */
public final class Digest {
    private final MessageDigest digest = newSha256();

    private Digest() {}

    /** SHA-256 that has eaten {@code tag} in ASCII and a zero byte. */
    public static Digest tagged(String tag) {
        return new Digest().add(tag.getBytes(StandardCharsets.US_ASCII)).add(0);
    }

    /** SHA-256 without a tag, for formats that bring their own first byte (Merkle nodes). */
    public static Digest plain() {
        return new Digest();
    }

    /** Eats bytes. */
    public Digest add(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    /** Eats one byte. */
    public Digest add(int oneByte) {
        digest.update((byte) oneByte);
        return this;
    }

    /** Eats the 32 bytes of a hash. */
    public Digest add(Hash hash) {
        hash.feed(digest);
        return this;
    }

    /** The hash of all that was eaten; this digest then starts anew, without a tag. */
    public Hash done() {
        return Hash.owning(digest.digest());
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
