package org.witan.validator.consensus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;

/**
 * Signatures that cost nothing, for simulations: a keyed hash that anybody could forge, and nobody
 * in a simulation does.
 */
public final class CheapKeys {
    /** Verifies what {@link #signer} signs. */
    public static final Verifier VERIFIER =
            (key, purpose, content, signature) ->
                    signature.equals(
                            sign(ByteBuffer.wrap(key.toBytes()).getLong(), purpose, content));

    private static final int MIXED_BYTES = 16;

    /** Verifies these, and true signatures as such: what a cheap one leaves empty tells them. */
    public static final Verifier OR_TRUE =
            (key, purpose, content, signature) -> {
                byte[] bytes = signature.toBytes();
                boolean cheap =
                        Arrays.equals(bytes, MIXED_BYTES, 64, new byte[64], MIXED_BYTES, 64);
                return (cheap ? VERIFIER : Ed25519.VERIFIER)
                        .verify(key, purpose, content, signature);
            };

    private CheapKeys() {}

    /** A signer of this name; the same name has the same key. */
    public static Signer signer(String name) {
        long seed = hash(17, name.getBytes(StandardCharsets.UTF_8));
        PublicKey key = PublicKey.of(ByteBuffer.allocate(32).putLong(seed).array());
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return key;
            }

            @Override
            public Signature sign(Purpose purpose, byte[] content) {
                return CheapKeys.sign(seed, purpose, content);
            }
        };
    }

    /**
     * A signer with the public key of a true one: it proves that somebody holds the key with a true
     * signature, which execution checks as such, and signs all else at no cost.
     */
    public static Signer standingFor(Signer holder) {
        long seed = ByteBuffer.wrap(holder.publicKey().toBytes()).getLong();
        return new Signer() {
            @Override
            public PublicKey publicKey() {
                return holder.publicKey();
            }

            @Override
            public Signature sign(Purpose purpose, byte[] content) {
                return switch (purpose) {
                    case MEMBER_PROOF, KEY_PROOF, INVITATION_PROOF -> holder.sign(purpose, content);
                    default -> CheapKeys.sign(seed, purpose, content);
                };
            }
        };
    }

    private static Signature sign(long seed, Purpose purpose, byte[] content) {
        long mixed = hash(seed + purpose.ordinal(), content);
        return Signature.of(ByteBuffer.allocate(64).putLong(mixed).putLong(seed).array());
    }

    private static long hash(long seed, byte[] bytes) {
        long hash = seed * 0x9E3779B97F4A7C15L;
        for (byte one : bytes) {
            hash = (hash ^ one) * 0x100000001B3L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
