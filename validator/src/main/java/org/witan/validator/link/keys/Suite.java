package org.witan.validator.link.keys;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What seals records; key agreement and hash are the same in all suites of this family.
 *
 * <p>Keys have 32 bytes, nonces 12, tags 16. The code is the suite's byte in a hello.
 */
public enum Suite {
    /** The first choice: hardware does most of the work. */
    AES_256_GCM(1, "AES/GCM/NoPadding", "AES"),
    /** For machines without AES instructions. */
    CHACHA20_POLY1305(2, "ChaCha20-Poly1305", "ChaCha20");

    /** Name of the family, part of every transcript. */
    public static final String FAMILY = "X25519+ML-KEM-768 HKDF-SHA-256 Ed25519";

    /** Length of an authentication tag. */
    public static final int TAG_BYTES = 16;

    private static final int TAG_BITS = 8 * TAG_BYTES;

    private final int code;
    private final String transformation;
    private final String keyAlgorithm;

    Suite(int code, String transformation, String keyAlgorithm) {
        this.code = code;
        this.transformation = transformation;
        this.keyAlgorithm = keyAlgorithm;
    }

    /** The byte that stands for this suite. */
    public int code() {
        return code;
    }

    /** The suite of this byte. */
    public static Optional<Suite> ofCode(int code) {
        for (Suite suite : values()) {
            if (suite.code == code) {
                return Optional.of(suite);
            }
        }
        return Optional.empty();
    }

    /** A cipher object for one owner thread, to be initialised for each record. */
    public Cipher newCipher() {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform lacks " + transformation, impossible);
        }
    }

    /** 32 bytes as a key of this suite. */
    public SecretKey key(byte[] bytes) {
        return new SecretKeySpec(bytes, keyAlgorithm);
    }

    /** What a cipher needs besides the key. */
    public AlgorithmParameterSpec nonce(byte[] nonce) {
        return this == AES_256_GCM
                ? new GCMParameterSpec(TAG_BITS, nonce)
                : new IvParameterSpec(nonce);
    }

    /** Seals one message of a handshake, sequence number 0: ciphertext and tag. */
    public byte[] seal(TrafficKeys keys, byte[] associated, byte[] plaintext) {
        try {
            return once(Cipher.ENCRYPT_MODE, keys, associated, plaintext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("sealing cannot fail", impossible);
        }
    }

    /** Opens one message of a handshake; empty if it was not sealed with these keys. */
    public Optional<byte[]> open(TrafficKeys keys, byte[] associated, byte[] sealed) {
        try {
            return Optional.of(once(Cipher.DECRYPT_MODE, keys, associated, sealed));
        } catch (GeneralSecurityException forged) {
            return Optional.empty();
        }
    }

    private byte[] once(int mode, TrafficKeys keys, byte[] associated, byte[] input)
            throws GeneralSecurityException {
        Cipher cipher = newCipher();
        cipher.init(mode, key(keys.key()), nonce(keys.iv()));
        cipher.updateAAD(associated);
        return cipher.doFinal(input);
    }
}
