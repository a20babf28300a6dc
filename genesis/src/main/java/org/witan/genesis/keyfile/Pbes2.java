package org.witan.genesis.keyfile;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption by a passphrase: PBES2 of RFC 8018 with PBKDF2-HMAC-SHA256 and AES-256-CBC, in the
 * {@code EncryptedPrivateKeyInfo} of RFC 5958.
 */
final class Pbes2 {
    private static final String PBES2 = "2a864886f70d01050d";
    private static final String PBKDF2 = "2a864886f70d01050c";
    private static final String HMAC_SHA256 = "2a864886f70d0209";
    private static final String AES_256_CBC = "60864801650304012a";
    private static final byte[] NULL = {5, 0};
    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final int IV_BYTES = 16;

    /** A file that asks for more would only keep its reader busy. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private Pbes2() {}

    /** The encoded container of {@code secret}, with a fresh salt. */
    static byte[] encrypt(byte[] secret, Passphrase passphrase, int iterations) {
        SecureRandom random = new SecureRandom();
        byte[] salt = new byte[SALT_BYTES];
        byte[] iv = new byte[IV_BYTES];
        random.nextBytes(salt);
        random.nextBytes(iv);
        byte[] sealed;
        try {
            sealed =
                    cipher(Cipher.ENCRYPT_MODE, new Lock(salt, iterations, iv), passphrase)
                            .doFinal(secret);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("every Java platform has PBKDF2 and AES", missing);
        }
        byte[] prf = sequence(Der.oid(HMAC_SHA256), NULL);
        byte[] derivation = sequence(Der.element(Der.OCTETS, salt), Der.integer(iterations), prf);
        byte[] scheme =
                sequence(
                        sequence(Der.oid(PBKDF2), derivation),
                        sequence(Der.oid(AES_256_CBC), Der.element(Der.OCTETS, iv)));
        return sequence(sequence(Der.oid(PBES2), scheme), Der.element(Der.OCTETS, sealed));
    }

    /**
     * The secret in a container, empty if the passphrase does not open it.
     *
     * @throws IllegalArgumentException with a sentence if the container is none, or is made with
     *     other algorithms
     */
    static Optional<byte[]> decrypt(byte[] container, Passphrase passphrase) {
        Der whole = new Der(container);
        Der outer = whole.takeSequence();
        Lock lock = lock(outer.takeSequence());
        byte[] sealed = outer.take(Der.OCTETS);
        if (!whole.isAtEnd() || !outer.isAtEnd()) {
            throw new IllegalArgumentException("bytes behind the end");
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, lock, passphrase).doFinal(sealed));
        } catch (BadPaddingException wrong) {
            return Optional.empty();
        } catch (GeneralSecurityException bad) {
            throw new IllegalArgumentException("the encrypted part has a wrong length", bad);
        }
    }

    private static Lock lock(Der algorithm) {
        expect(algorithm.takeOid(), PBES2, "PBES2");
        Der scheme = algorithm.takeSequence();
        Der derivation = scheme.takeSequence();
        expect(derivation.takeOid(), PBKDF2, "PBKDF2");
        Der parameters = derivation.takeSequence();
        byte[] salt = parameters.take(Der.OCTETS);
        int iterations = parameters.takeInteger();
        if (parameters.isNext(Der.INTEGER) && parameters.takeInteger() != KEY_BITS / 8) {
            throw new IllegalArgumentException("a key of another length than AES-256 has");
        }
        if (!parameters.isNext(Der.SEQUENCE)) {
            throw new IllegalArgumentException("PBKDF2 with HMAC-SHA1, not HMAC-SHA256");
        }
        expect(parameters.takeSequence().takeOid(), HMAC_SHA256, "HMAC-SHA256");
        Der encryption = scheme.takeSequence();
        expect(encryption.takeOid(), AES_256_CBC, "AES-256-CBC");
        byte[] iv = encryption.take(Der.OCTETS);
        if (iv.length != IV_BYTES || salt.length == 0) {
            throw new IllegalArgumentException("a salt or start value of a wrong length");
        }
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    iterations + " iterations, allowed are 1 to " + MAX_ITERATIONS);
        }
        return new Lock(salt, iterations, iv);
    }

    private static Cipher cipher(int mode, Lock lock, Passphrase passphrase)
            throws GeneralSecurityException {
        PBEKeySpec spec =
                new PBEKeySpec(passphrase.characters(), lock.salt, lock.iterations, KEY_BITS);
        byte[] key =
                SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                        .generateSecret(spec)
                        .getEncoded();
        spec.clearPassword();
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(lock.iv));
        Arrays.fill(key, (byte) 0);
        return cipher;
    }

    private static void expect(String found, String wanted, String name) {
        if (!found.equals(wanted)) {
            throw new IllegalArgumentException("another algorithm than " + name);
        }
    }

    private static byte[] sequence(byte[]... parts) {
        return Der.element(Der.SEQUENCE, parts);
    }

    private record Lock(byte[] salt, int iterations, byte[] iv) {}
}
