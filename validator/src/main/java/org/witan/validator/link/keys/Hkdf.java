package org.witan.validator.link.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.witan.genesis.failure.Check;

/** HKDF-SHA-256 (RFC 5869) with the labels of WLH/1, and its HMAC. Source: rule H4. */
public final class Hkdf {
    private static final String PREFIX = "wlh1 ";
    private static final int BLOCK_BYTES = 32;
    private static final byte[] FIRST = {1};

    private Hkdf() {}

    /** HKDF-Extract: 32 bytes. */
    public static byte[] extract(byte[] salt, byte[] secret) {
        // RFC 5869: extraction is one HMAC keyed with the salt.
        return hmac(salt, secret);
    }

    /**
     * HKDF-Expand under a label: {@code info = u16 size | u8 length | "wlh1 " label | u8 length |
     * context}, where the first length covers prefix and label.
     */
    public static byte[] expand(byte[] key, String label, byte[] context, int sizeBytes) {
        byte[] text = (PREFIX + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                Bytes.join(
                        new byte[] {(byte) (sizeBytes >>> 8), (byte) sizeBytes, (byte) text.length},
                        text,
                        new byte[] {(byte) context.length},
                        context);
        // RFC 5869: a first block, and no other is asked for, is HMAC(key, info | 1).
        Check.invariant(sizeBytes <= BLOCK_BYTES, "one block is all that WLH/1 takes");
        return Arrays.copyOf(hmac(key, info, FIRST), sizeBytes);
    }

    /** HMAC-SHA-256: 32 bytes. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform lacks HMAC-SHA-256", impossible);
        }
    }
}
