package org.witan.chain.store;

import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Hash;

/**
 * The last committed block.
 *
 * @param header its header
 * @param hash of the header
 * @param finalization of exactly this block; empty at height 0, which nobody signs, and in the
 *     midst of catching up
 */
public record Tip(BlockHeader header, Hash hash, Optional<Certificate> finalization) {
    /** The block's number. */
    public long height() {
        return header.height();
    }
}
