package org.witan.validator.sim.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.validator.consensus.CheapKeys;

/** Every key of a simulation, by its public half. */
public final class SimKeys {
    private final Map<PublicKey, Signer> signers = new HashMap<>();

    /** The first key of a founder. */
    Signer founder(int node) {
        return know(CheapKeys.signer("key " + node));
    }

    /** The key that an organisation of the founding decides with. */
    Signer organisation(int number) {
        return know(CheapKeys.signer("key " + (1000 + number)));
    }

    /** A key that can prove itself to execution, for who joins later or replaces another. */
    public Signer later(String name) {
        return know(CheapKeys.standingFor(TestNetwork.key(name)));
    }

    /** Who signs for this key. */
    public Signer of(PublicKey key) {
        return Objects.requireNonNull(signers.get(key));
    }

    private Signer know(Signer signer) {
        signers.putIfAbsent(signer.publicKey(), signer);
        return signer;
    }
}
