package org.witan.genesis.crypto;

/** Decides whether a signature holds. Safe for use by several threads at once. */
@FunctionalInterface
public interface Verifier {
    /** Whether {@code signature} was made with {@code key} for this purpose over this content. */
    boolean verify(PublicKey key, Purpose purpose, byte[] content, Signature signature);
}
