package org.witan.validator.link.record;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.witan.validator.link.keys.Hkdf;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;

/**
 * Key, counter and cipher of one direction; {@link Sealer} and {@link Opener} add the two modes.
 *
 * <p>Frame: type u8, ciphertext, tag 16. Nonce: iv exclusive-or the record's number; associated
 * data: type u8, number u64. The number goes on through key updates and never wraps. Source: R1,
 * R4.
 */
final class Direction {
    /** Bytes of a frame besides its plaintext. */
    static final int OVERHEAD_BYTES = 1 + Suite.TAG_BYTES;

    /** Greatest number of a record. */
    static final long LAST = (1L << 48) - 1;

    private final Suite suite;
    private final Cipher cipher;
    private final byte[] iv;
    private final byte[] transcript;
    private final byte[] nonce = new byte[TrafficKeys.IV_BYTES];
    private final byte[] associated = new byte[1 + Long.BYTES];
    private byte[] keyBytes;
    private SecretKey key;
    private long number;

    Direction(Suite suite, TrafficKeys keys, byte[] transcript) {
        this.suite = suite;
        this.transcript = transcript.clone();
        cipher = suite.newCipher();
        iv = keys.iv().clone();
        keyBytes = keys.key().clone();
        key = suite.key(keyBytes);
    }

    /** Number of the next record, from 0. */
    long number() {
        return number;
    }

    /** Readies the cipher for the next record, which has this type. */
    Cipher next(int mode, int type) throws GeneralSecurityException {
        associated[0] = (byte) type;
        System.arraycopy(iv, 0, nonce, 0, nonce.length);
        for (int i = 0; i < Long.BYTES; i++) {
            byte digit = (byte) (number >>> 56 - 8 * i);
            associated[1 + i] = digit;
            nonce[nonce.length - Long.BYTES + i] ^= digit;
        }
        cipher.init(mode, key, suite.nonce(nonce));
        cipher.updateAAD(associated);
        return cipher;
    }

    /** The record was sealed or opened. */
    void count() {
        number++;
    }

    /** Rolls the key; the old one is erased. */
    void update() {
        byte[] next = Hkdf.expand(keyBytes, "upd", transcript, TrafficKeys.KEY_BYTES);
        erase();
        keyBytes = next;
        key = suite.key(next);
    }

    /** The key in use, for test vectors. */
    byte[] key() {
        return keyBytes.clone();
    }

    void erase() {
        Arrays.fill(keyBytes, (byte) 0);
    }
}
