package org.witan.validator.link.keys;

import java.util.Optional;

/**
 * Fresh secrets of one side of one handshake, used once.
 *
 * <p>Every answer to bytes of the other side may be empty: they encode no usable value.
 */
public interface Secrets {
    /** 32 random bytes. */
    byte[] nonce();

    /** This side's X25519 share, 32 bytes. */
    byte[] share();

    /** The X25519 secret with the other side's share; empty for a share of low order. */
    Optional<byte[]> agree(byte[] otherShare);

    /** This side's ML-KEM-768 encapsulation key, 1184 bytes. */
    byte[] encapsulationKey();

    /** The ML-KEM secret inside a ciphertext made for {@link #encapsulationKey}. */
    Optional<byte[]> decapsulate(byte[] ciphertext);

    /** A new ML-KEM secret for the other side's encapsulation key. */
    Optional<Encapsulated> encapsulate(byte[] otherKey);

    /**
     * An ML-KEM secret and its wrapping.
     *
     * @param ciphertext 1088 bytes, for the other side
     * @param secret 32 bytes
     */
    record Encapsulated(byte[] ciphertext, byte[] secret) {}
}
