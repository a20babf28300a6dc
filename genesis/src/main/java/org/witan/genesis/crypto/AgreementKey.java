package org.witan.genesis.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * An X25519 private key that lives for one key agreement (RFC 7748).
 *
 * <p>Bouncy Castle takes half the platform's time for it, also in constant time.
 */
public final class AgreementKey {
    /** Length of a share and of a secret in bytes. */
    public static final int SIZE_BYTES = 32;

    private final byte[] scalar = new byte[SIZE_BYTES];
    private final byte[] share = new byte[SIZE_BYTES];
    private boolean used;

    /** A key of 32 bytes from this source. */
    public AgreementKey(SecureRandom random) {
        random.nextBytes(scalar);
        X25519.scalarMultBase(scalar, 0, share, 0);
    }

    /** What the other side needs: 32 bytes. */
    public byte[] share() {
        return share.clone();
    }

    /**
     * The secret with another share, once, after which the key is erased; empty the second time,
     * and for a share of another length or of low order.
     */
    public Optional<byte[]> agree(byte[] otherShare) {
        byte[] secret = new byte[SIZE_BYTES];
        if (used
                || otherShare.length != SIZE_BYTES
                || !X25519.calculateAgreement(scalar, 0, otherShare, 0, secret, 0)) {
            return Optional.empty();
        }
        used = true;
        Arrays.fill(scalar, (byte) 0);
        return Optional.of(secret);
    }
}
