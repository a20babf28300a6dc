package org.witan.genesis.crypto;

/** Holds a private key and signs with it for a purpose; there is no way to sign bare bytes. */
public interface Signer {
    /** The key that verifies what this signer signs. */
    PublicKey publicKey();

    /** A signature for this purpose over this content; the same every time. */
    Signature sign(Purpose purpose, byte[] content);
}
