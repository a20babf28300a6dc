package org.witan.validator.link.handshake;

import java.util.Arrays;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.Hkdf;

/**
 * A secret that all nodes of a network may share: a shield against strangers, never an identity.
 *
 * <p>A handshake names it by the first eight bytes of {@code HMAC-SHA-256(secret, "id")}. Two may
 * be active while one replaces the other; the first is the one that this node uses when it dials.
 */
public final class Psk {
    /** Length of the secret. */
    public static final int SIZE_BYTES = 32;

    private final byte[] secret;
    private final long id;

    /**
     * A pre-shared key.
     *
     * @throws IllegalArgumentException unless {@code secret} has 32 bytes
     */
    public Psk(byte[] secret) {
        if (secret.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a pre-shared key has 32 bytes");
        }
        this.secret = secret.clone();
        id = Bytes.longAt(Hkdf.hmac(secret, new byte[] {'i', 'd'}), 0);
    }

    /** Eight bytes that name the secret without telling it. */
    long id() {
        return id;
    }

    byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Psk psk && Arrays.equals(secret, psk.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret);
    }

    @Override
    public String toString() {
        return "pre-shared key " + Long.toHexString(id);
    }
}
