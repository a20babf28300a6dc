package org.witan.genesis.crypto;

import java.security.SecureRandom;
import java.util.Arrays;

/** An Ed25519 private key in memory. */
public final class SigningKey implements Signer {
    /** Length of the private seed in bytes. */
    public static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final byte[] publicBytes;
    private final PublicKey publicKey;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        publicBytes = new byte[PublicKey.SIZE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicBytes, 0);
        publicKey = PublicKey.of(publicBytes);
    }

    /** A new key. */
    public static SigningKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return new SigningKey(seed);
    }

    /**
     * The key of a seed of 32 bytes, copied.
     *
     * @throws IllegalArgumentException for any other length
     */
    public static SigningKey ofSeed(byte[] seed) {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        }
        return new SigningKey(seed.clone());
    }

    @Override
    public PublicKey publicKey() {
        return publicKey;
    }

    @Override
    public Signature sign(Purpose purpose, byte[] content) {
        byte[] bound = purpose.bind(content);
        byte[] signature = new byte[Signature.SIZE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
                seed, 0, publicBytes, 0, bound, 0, bound.length, signature, 0);
        return Signature.of(signature);
    }

    /** The private seed, a fresh array that the caller clears after writing it to a key file. */
    public byte[] exportSeed() {
        return seed.clone();
    }

    /** Overwrites the seed; this key must not sign afterwards. */
    public void erase() {
        Arrays.fill(seed, (byte) 0);
    }

    @Override
    public String toString() {
        return "private key of " + publicKey;
    }
}
