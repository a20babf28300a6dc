package org.witan.validator.consensus;

import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Hash;

/**
 * A finalized and committed block that an epoch's engine stands on.
 *
 * @param header the block's
 * @param hash of the header
 * @param finalization of exactly this block; empty at genesis
 */
public record Anchor(BlockHeader header, Hash hash, Optional<Certificate> finalization) {
    /** The block's number. */
    public long height() {
        return header.height();
    }

    /**
     * View of the finalization within the epoch of this number, 0 if the block ended an earlier one
     * or is the genesis block.
     */
    public long viewIn(long epoch) {
        return finalization
                .map(Certificate::ballot)
                .filter(ballot -> ballot.epoch() == epoch)
                .map(ballot -> ballot.view())
                .orElse(0L);
    }
}
