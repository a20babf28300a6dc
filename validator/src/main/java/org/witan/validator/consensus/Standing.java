package org.witan.validator.consensus;

import java.util.List;
import java.util.Map;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Status;

/**
 * What the engine waits for, so that a person can be told.
 *
 * @param epoch number of the epoch
 * @param view current one
 * @param finalizedView view of the newest finalization, 0 at the epoch's start
 * @param finalizedHeight height of the newest committed block
 * @param finalizedHash its hash
 * @param leader of the current view
 * @param enteredMillis when the current view was entered
 * @param workExpected whether a block is due
 * @param proposalSeen whether the current view has an authentic proposal
 * @param votes by kind, who voted in the current view, ascending
 * @param quorum how many votes decide
 * @param missing members that were not heard from lately, ascending, never this node
 * @param mayVote whether this node votes
 * @param closed whether the epoch has ended
 * @param statuses the newest status of each member, by id
 */
public record Standing(
        long epoch,
        long view,
        long finalizedView,
        long finalizedHeight,
        Hash finalizedHash,
        NodeId leader,
        long enteredMillis,
        boolean workExpected,
        boolean proposalSeen,
        Map<VoteKind, List<NodeId>> votes,
        int quorum,
        List<NodeId> missing,
        boolean mayVote,
        boolean closed,
        Map<NodeId, Status> statuses) {}
