package org.witan.catchup.sync;

import org.witan.chain.block.BlockHeader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;

/**
 * Where a ledger stands: its last block and what decides the next one.
 *
 * @param header of the last block that is committed, height 0 at least
 * @param hash of that header
 * @param epoch in force for the height after it
 */
public record Position(BlockHeader header, Hash hash, Epoch epoch) {
    /** Number of the last block. */
    public long height() {
        return header.height();
    }
}
