package org.witan.validator.node.verify;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Sender;
import org.witan.genesis.crypto.PublicKey;

/**
 * Which key a sender signs with, as far as is known outside the node loop.
 *
 * <p>Immutable. A key that is missing or old only costs the node loop a verification: what counts
 * is the key in the network state.
 */
public final class Keys {
    private final Map<Sender, PublicKey> keys;

    /** These keys. */
    public Keys(Map<Sender, PublicKey> keys) {
        this.keys = new TreeMap<>(keys);
    }

    /** The key of a sender. */
    public Optional<PublicKey> of(Sender sender) {
        return Optional.ofNullable(keys.get(sender));
    }
}
