package org.witan.catchup.snapshot;

import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * Who joins what.
 *
 * @param self the node
 * @param networkId its network
 * @param verifier of signatures
 * @param leastGap blocks that must be missing for a snapshot; a checkpoint makes it 0
 */
public record JoinTerms(NodeId self, NetworkId networkId, Verifier verifier, long leastGap) {}
