package org.witan.chain.store;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;

/**
 * What a store held above the finalized view when it was opened.
 *
 * @param ownVotes votes of this node, ascending by epoch, view and kind
 * @param certificates ascending by epoch, view and kind
 * @param bodies blocks above the tip, ascending by height and hash
 * @param mayVote false if this node may have cast votes that the store does not remember
 * @param reason one sentence for the operator, empty if this node may vote
 * @param past what this store knows of the votes of this node's key
 */
public record Recovered(
        List<Vote> ownVotes,
        List<Certificate> certificates,
        List<Block> bodies,
        boolean mayVote,
        String reason,
        Past past) {

    /** What a store can know of the votes that this node's key ever cast. */
    public enum Past {
        /** This process has asked the others for them. */
        ASKED,
        /** They were cast with this store; another process may have cast more with the same key. */
        KEPT,
        /** None was cast with it: the node is new, or all that it had is lost. */
        NONE,
        /** None was cast with it, but others were before, as an operator says. */
        LOST
    }

    /** What a store held that votes were cast with. */
    public Recovered(
            List<Vote> ownVotes,
            List<Certificate> certificates,
            List<Block> bodies,
            boolean mayVote,
            String reason) {
        this(ownVotes, certificates, bodies, mayVote, reason, Past.ASKED);
    }
}
