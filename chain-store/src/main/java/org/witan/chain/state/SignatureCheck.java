package org.witan.chain.state;

import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Verifier;

/** Decides whether a transaction's signature holds; may remember what it decided before. */
@FunctionalInterface
public interface SignatureCheck {
    /**
     * For blocks below a verified finalization: a quorum has checked the signatures, and the header
     * covers them.
     */
    SignatureCheck FINALIZED = (transaction, key) -> true;

    /** Whether {@code key} signed this transaction. */
    boolean holds(Transaction transaction, PublicKey key);

    /** Asks the verifier each time. */
    static SignatureCheck by(Verifier verifier) {
        return (transaction, key) -> transaction.isSignedBy(key, verifier);
    }
}
