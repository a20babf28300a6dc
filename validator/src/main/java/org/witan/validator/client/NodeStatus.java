package org.witan.validator.client;

import java.util.List;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * How a node stands, by its own word.
 *
 * @param id the node
 * @param networkId its network
 * @param height its last committed block
 * @param headHash hash of that block
 * @param stateRoot root of the network state after it
 * @param epoch span with one validator set
 * @param view attempt of consensus
 * @param quorum how many validators decide
 * @param inSync how many are linked and at the tip
 * @param ready whether it serves current reads and takes transactions
 * @param reasons why it is not ready, one sentence each
 * @param build the program that it runs
 */
public record NodeStatus(
        NodeId id,
        NetworkId networkId,
        long height,
        Hash headHash,
        Hash stateRoot,
        long epoch,
        long view,
        int quorum,
        int inSync,
        boolean ready,
        List<String> reasons,
        String build) {
    /** Copies the reasons. */
    public NodeStatus {
        reasons = List.copyOf(reasons);
    }

    /** How many more validators may fail; negative if nothing can be decided. */
    public int margin() {
        return inSync - quorum;
    }
}
