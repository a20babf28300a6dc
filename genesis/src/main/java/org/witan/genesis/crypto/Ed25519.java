package org.witan.genesis.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;

/**
 * The one signing rule of the network: RFC 8032 as Bouncy Castle decides it.
 *
 * <p>Canonical S and R, cofactored equation, canonical points. Other libraries accept and refuse
 * other crafted signatures, and a disagreement about one transaction would split the votes; the
 * vectors of {@code Ed25519VerdictsTest} pin the rule.
 */
public final class Ed25519 implements Verifier {
    /** The verifier; it has no state. */
    public static final Ed25519 VERIFIER = new Ed25519();

    private Ed25519() {}

    @Override
    public boolean verify(PublicKey key, Purpose purpose, byte[] content, Signature signature) {
        PublicPoint point = key.point();
        if (point == null) {
            return false;
        }
        byte[] bound = purpose.bind(content);
        return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                signature.bytes(), 0, point, bound, 0, bound.length);
    }

    static boolean isSound(byte[] key) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(key, 0);
    }

    /** The point that the bytes encode, null if they encode none canonically. */
    static @Nullable PublicPoint decode(byte[] key) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(key, 0);
    }
}
