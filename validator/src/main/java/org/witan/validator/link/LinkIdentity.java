package org.witan.validator.link;

import java.util.Optional;
import java.util.function.Supplier;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/**
 * Who this node is, for its peers.
 *
 * @param networkId the network it belongs to
 * @param id its label
 * @param role what it does; only validators are ever dialled
 * @param signer holds its node key
 * @param keyNumber how often that key was replaced, from 0
 * @param instance which copy of the node this is
 * @param build the software, at most 64 characters
 * @param advertised where others can dial it, if it wants to say
 * @param position how far it is, asked at each handshake from any thread
 */
public record LinkIdentity(
        NetworkId networkId,
        NodeId id,
        Role role,
        Signer signer,
        int keyNumber,
        Instance instance,
        String build,
        Optional<Endpoint> advertised,
        Supplier<Position> position) {}
