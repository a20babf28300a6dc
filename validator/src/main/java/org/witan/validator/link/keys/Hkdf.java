package org.witan.validator.link.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** HKDF-SHA-256 (RFC 5869) with the labels of WLH/1, and its HMAC. Source: rule H4. */
public final class Hkdf {
    private static final String PREFIX = "wlh1 ";

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
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.expandOnly(
                                    new SecretKeySpec(key, "HKDF"), info, sizeBytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the platform lacks HKDF-SHA256", impossible);
        }
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
