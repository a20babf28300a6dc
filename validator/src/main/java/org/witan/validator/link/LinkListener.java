package org.witan.validator.link;

import org.witan.genesis.membership.NodeId;

/**
 * What links tell the node.
 *
 * <p>Calls about one peer come one after the other: {@code up}, then {@code received} any number of
 * times, then {@code down}. Calls about different peers come from different threads at once.
 */
public interface LinkListener {
    /** A link to this peer exists. */
    void up(NodeId peer, PeerInfo info);

    /** The link is gone; a new one is sought. */
    void down(NodeId peer, String reason);

    /**
     * Somebody whom the ledger does not know proved a key, and may redeem an invitation (H11); its
     * link is refused until the ledger has it.
     *
     * @param shown what it showed
     */
    default void newcomer(NodeId id, byte[] shown) {}

    /**
     * A whole message of a peer that proved who it is. May block, which makes this peer wait and no
     * other; for more than 30 seconds, and the peer takes the link for dead.
     *
     * @param message owned by the receiver, at most {@link Traffic#messageBytes}
     */
    void received(NodeId peer, Channel channel, byte[] message);

    /** Something worth a line in the log. */
    void event(LinkEvent event);
}
