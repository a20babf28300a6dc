package org.witan.validator.core;

import java.util.List;
import org.witan.chain.block.Transaction;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.core.execution.VerifiedSignature;

/** What can happen to a node. */
public sealed interface NodeInput {
    /**
     * An authenticated member sent a message.
     *
     * @param from who
     * @param message what
     * @param verified signatures of the message's transactions that were found to hold
     */
    record Received(NodeId from, Message message, List<VerifiedSignature> verified)
            implements NodeInput {}

    /**
     * The link to a member came up or went down.
     *
     * @param peer the member
     * @param up which of both
     */
    record Linked(NodeId peer, boolean up) implements NodeInput {}

    /**
     * A client of this node sent a transaction.
     *
     * @param ticket comes back in {@link NodeEffect.Answer}
     * @param transaction what it sent
     * @param verified its signature if it was found to hold, else empty
     */
    record Submitted(long ticket, Transaction transaction, List<VerifiedSignature> verified)
            implements NodeInput {}

    /**
     * A member sent bytes on the catch-up channel that are no message.
     *
     * @param from who
     * @param why what the decoder says
     */
    record Garbled(NodeId from, String why) implements NodeInput {}

    /**
     * The last step executed blocks to vote on them.
     *
     * @param bodyBytes size of their bodies
     * @param micros how long the step took
     */
    record Executed(int bodyBytes, long micros) implements NodeInput {}

    /**
     * Something outside shows that this node must not sign any more, for good.
     *
     * @param reason for the operator
     */
    record StopVoting(String reason) implements NodeInput {}

    /** The store says that this node may vote again, see {@code Store.voteHindrance}. */
    record ResumeVoting() implements NodeInput {}

    /**
     * The disk fills up: clients' transactions are refused with this reason, if there is one.
     *
     * @param reason names the figures; empty when there is room again
     */
    record LowSpace(String reason) implements NodeInput {}

    /** All {@link NodeEffect.Save} of the turn before are on disk. */
    record Saved() implements NodeInput {}

    /** A deadline passed, or nothing happened for a while. */
    record Tick() implements NodeInput {}

    /**
     * The state of this node's links, for the others to show.
     *
     * @param links one for each member that this node links with, ascending by id
     */
    record Mesh(List<PeerLink> links) implements NodeInput {}

    /**
     * The operator wants this node to hand over its duties, or to take them up again.
     *
     * @param on which of both
     */
    record Drain(boolean on) implements NodeInput {}
}
