package org.witan.validator.node.verify;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Sender;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Founding;

/**
 * Which key a sender signs with, as far as is known outside the node loop.
 *
 * <p>Immutable. A key that is missing or old only costs the node loop a verification: what counts
 * is the key in the network state.
 */
public final class Keys {
    private final Map<Sender, PublicKey> keys = new TreeMap<>();

    private Keys() {}

    /** The keys of a founding. */
    public static Keys of(Founding founding) {
        Keys keys = new Keys();
        founding.members().forEach(m -> keys.keys.put(Sender.member(m.id()), m.key()));
        founding.organisations()
                .forEach(o -> keys.keys.put(new Sender(true, o.id()), o.governanceKey()));
        return keys;
    }

    /** The key of a sender. */
    public Optional<PublicKey> of(Sender sender) {
        return Optional.ofNullable(keys.get(sender));
    }
}
