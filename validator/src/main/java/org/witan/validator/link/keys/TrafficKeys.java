package org.witan.validator.link.keys;

import java.util.Arrays;

/**
 * Key and starting vector of one direction.
 *
 * @param key 32 bytes, erased after use
 * @param iv 12 bytes; a record's nonce is this, exclusive-or its sequence number
 */
public record TrafficKeys(byte[] key, byte[] iv) {
    /** Length of a key. */
    public static final int KEY_BYTES = 32;

    /** Length of a starting vector. */
    public static final int IV_BYTES = 12;

    /** Overwrites both. */
    public void erase() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(iv, (byte) 0);
    }
}
