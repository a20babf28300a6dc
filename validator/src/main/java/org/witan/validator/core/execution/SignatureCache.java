package org.witan.validator.core.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.SignatureCheck;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Verifier;

/**
 * Remembers which transactions' signatures hold, so that none is verified twice.
 *
 * <p>What it does not remember it verifies, so it only ever saves time. An entry names the
 * signature too: two transactions may share an id and differ in their signature.
 */
public final class SignatureCache implements SignatureCheck {
    /** Most signatures remembered, about 10 MiB. */
    public static final int CAPACITY = 65_536;

    private final Verifier verifier;
    private final Map<Hash, VerifiedSignature> known = new LinkedHashMap<>();

    public SignatureCache(Verifier verifier) {
        this.verifier = verifier;
    }

    /** Remembers a signature that was verified elsewhere; the oldest entry makes room. */
    public void add(VerifiedSignature verified) {
        known.put(verified.id(), verified);
        if (known.size() > CAPACITY) {
            known.remove(known.keySet().iterator().next());
        }
    }

    @Override
    public boolean holds(Transaction transaction, PublicKey key) {
        Signature signature = transaction.signature();
        VerifiedSignature entry = known.get(transaction.id());
        if (entry != null && entry.signature().equals(signature) && entry.key().equals(key)) {
            return true;
        }
        boolean holds = transaction.isSignedBy(key, verifier);
        if (holds) {
            add(new VerifiedSignature(transaction.id(), signature, key));
        }
        return holds;
    }
}
