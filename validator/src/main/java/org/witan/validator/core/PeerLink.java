package org.witan.validator.core;

import org.witan.genesis.membership.NodeId;

/**
 * One link as its owner sees it.
 *
 * @param peer the other end
 * @param up whether it carries messages
 * @param rttMillis last measured round trip, 0 where none is
 */
public record PeerLink(NodeId peer, boolean up, int rttMillis) {}
