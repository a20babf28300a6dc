package org.witan.chain.store;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Vote;
import org.witan.chain.state.PostState;

/** One thing to keep. */
public sealed interface StoreWrite {
    /**
     * A vote of this node, before it is sent.
     *
     * @param vote signed by this node's key
     */
    record OwnVote(Vote vote) implements StoreWrite {}

    /**
     * A verified certificate above the finalized view, so that it outlives the votes that build on
     * it.
     *
     * @param certificate of any kind
     */
    record Certified(Certificate certificate) implements StoreWrite {}

    /**
     * A block that this node votes for, or may have to serve, and that is not committed.
     *
     * @param block its body matches its header
     */
    record Body(Block block) implements StoreWrite {}

    /**
     * The next block of the ledger. With a finalization it also drops the votes, certificates and
     * bodies that the finalized view makes useless.
     *
     * @param block child of the tip, or of the block of the commit before in the same batch
     * @param after the state that executing it gave
     * @param receipts one for each transaction
     * @param finalization of exactly this block; without one the writer has verified that of a
     *     descendant
     */
    record Commit(
            Block block,
            PostState after,
            List<Receipt> receipts,
            Optional<Certificate> finalization)
            implements StoreWrite {}

    /**
     * An epoch begins after its boundary block, which is committed before or in the same batch.
     *
     * @param link how it begins
     */
    record EpochStarted(EpochLink link) implements StoreWrite {}

    /**
     * Proof that a validator signed two votes that contradict each other; the first one of a
     * validator, epoch and view is kept.
     *
     * @param evidence both signatures hold
     */
    record Accused(Evidence evidence) implements StoreWrite {}
}
