package org.witan.validator.consensus;

import java.util.OptionalInt;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * Who an engine acts for.
 *
 * @param id this node; one that is not in the epoch's validator set follows and never votes
 * @param signer its key
 * @param networkId the network
 * @param verifier decides about the signatures of others
 */
public record Self(NodeId id, Signer signer, NetworkId networkId, Verifier verifier) {
    /**
     * The place in a validator set that this node votes from; empty if the set does not name it, or
     * names it with another key, since a vote that nobody can check would only do harm.
     */
    public OptionalInt place(Configuration configuration) {
        OptionalInt place = configuration.indexOf(id);
        boolean own =
                place.isPresent()
                        && configuration
                                .validators()
                                .get(place.getAsInt())
                                .key()
                                .equals(signer.publicKey());
        return own ? place : OptionalInt.empty();
    }
}
