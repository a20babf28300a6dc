package org.witan.validator.link;

import java.util.Optional;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/**
 * What a peer said and proved in the handshake.
 *
 * @param id who it is, proven by its signature
 * @param role what it does, from the roster
 * @param position how far it says it is
 * @param instance which copy of the node it is
 * @param build its software, at most 64 characters
 * @param openedByUs whether this node opened the link
 * @param features feature bits that both nodes set
 * @param advertised where it says it can be dialled
 * @param address the other end of the socket, for people
 */
public record PeerInfo(
        NodeId id,
        Role role,
        Position position,
        Instance instance,
        String build,
        boolean openedByUs,
        long features,
        Optional<Endpoint> advertised,
        String address) {}
