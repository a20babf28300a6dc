package org.witan.validator.consensus;

import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
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
public record Self(NodeId id, Signer signer, NetworkId networkId, Verifier verifier) {}
