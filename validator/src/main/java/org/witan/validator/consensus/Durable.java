package org.witan.validator.consensus;

import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;

/** What a node must remember across a crash; written in the order of the effects (rule C11). */
public sealed interface Durable {
    /**
     * A vote of this node; must be synced, with all that was written before it, before it is sent.
     *
     * @param vote of this node
     */
    record OwnVote(Vote vote) implements Durable {}

    /**
     * A verified certificate above the finalized view; durable no later than the next own vote.
     *
     * @param certificate verified
     */
    record Certified(Certificate certificate) implements Durable {}

    /**
     * A block that this node is about to vote for.
     *
     * @param block valid
     */
    record Body(Block block) implements Durable {}

    /** Whether this must be on the disk before any later effect leaves the node. */
    default boolean needsSync() {
        return this instanceof OwnVote;
    }
}
