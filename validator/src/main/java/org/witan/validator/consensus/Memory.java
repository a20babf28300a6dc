package org.witan.validator.consensus;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;

/**
 * What a node finds of its own past when it starts.
 *
 * @param ownVotes every vote that it cast above the finalized view of this epoch
 * @param certificates every certificate that it stored above the finalized view
 * @param bodies every block that it stored above the finalized height
 * @param mayVote whether the disk is known to hold all that this node ever signed; an engine that
 *     starts with false never votes (rule C11, amnesia)
 */
public record Memory(
        List<Vote> ownVotes, List<Certificate> certificates, List<Block> bodies, boolean mayVote) {
    /** Of a node that starts on a fresh anchor. */
    public static final Memory EMPTY = new Memory(List.of(), List.of(), List.of(), true);
}
