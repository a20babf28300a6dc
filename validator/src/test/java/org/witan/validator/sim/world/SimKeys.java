package org.witan.validator.sim.world;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.validator.consensus.CheapKeys;

/** Every key of a simulation, by its public half: cheap ones, or true ones. */
public final class SimKeys {
    private final Map<PublicKey, Signer> signers = new HashMap<>();
    private final boolean real;

    private SimKeys(boolean real) {
        this.real = real;
    }

    /** Keys whose signatures cost nothing. */
    public static SimKeys cheap() {
        return new SimKeys(false);
    }

    /** Ed25519, as nodes have it. */
    public static SimKeys real() {
        return new SimKeys(true);
    }

    /** How nodes verify. */
    Verifier verifier() {
        return real ? Ed25519.VERIFIER : CheapKeys.VERIFIER;
    }

    /** A key of the founding; the same name has the same key. */
    Signer founding(String name) {
        return real ? TestNetwork.key(name) : CheapKeys.signer(name);
    }

    /** The first key of a founder. */
    Signer founder(int node) {
        return know(founding("key " + node));
    }

    /** The key that an organisation of the founding decides with. */
    Signer organisation(int number) {
        return know(founding("key " + (1000 + number)));
    }

    /** A key that can prove itself to execution, for who joins later or replaces another. */
    public Signer later(String name) {
        Signer key = TestNetwork.key(name);
        return know(real ? key : CheapKeys.standingFor(key));
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
