package org.witan.validator.core;

import java.util.List;
import java.util.Optional;
import org.witan.catchup.sync.CatchupProgress;
import org.witan.chain.block.BlockHeader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Standing;
import org.witan.validator.consensus.message.Status;

/**
 * What a node can say of itself at one moment; immutable, for any thread.
 *
 * @param tip the highest block that was decided
 * @param tipHash its hash
 * @param epoch of the next block
 * @param standing what consensus does and waits for
 * @param peers the other validators, ascending by id
 * @param catchup how catch-up goes
 * @param behind whether more is known to be missing than consensus fetches by itself
 * @param votingStopped why this node signs nothing any more; empty if nothing stopped it
 * @param lowSpace why the disk leaves no room for clients' transactions; empty if it does
 * @param draining whether this node leaves the lead to others
 * @param poolTransactions how many wait
 * @param poolBytes their size
 */
public record NodeView(
        BlockHeader tip,
        Hash tipHash,
        Epoch epoch,
        Standing standing,
        List<Peer> peers,
        CatchupProgress catchup,
        boolean behind,
        String votingStopped,
        String lowSpace,
        boolean draining,
        int poolTransactions,
        long poolBytes) {
    /**
     * What is known of another validator.
     *
     * @param id who
     * @param linked whether there is a link
     * @param inSync whether it is linked and said lately that it votes and is at the tip
     * @param status what it said last
     * @param heardMillis when, on the node's clock; 0 if never
     */
    public record Peer(
            NodeId id, boolean linked, boolean inSync, Optional<Status> status, long heardMillis) {}
}
