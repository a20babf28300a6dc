package org.witan.validator.client;

import org.witan.chain.block.Receipt;
import org.witan.genesis.crypto.Hash;

/** What is known of a transaction after it was handed in. */
public sealed interface Sent {
    /** The transaction. */
    Hash id();

    /**
     * It stands in a finalized block. Whether it took effect is what the receipt says.
     *
     * @param id the transaction
     * @param height the block
     * @param index place in the block, from 0
     * @param receipt what executing it came to
     */
    record Committed(Hash id, long height, int index, Receipt receipt) implements Sent {}

    /**
     * It may still be executed, until the height {@code validUntil} is passed. Handing the same
     * transaction in again is safe.
     *
     * @param id the transaction
     * @param why what was waited for
     */
    record Pending(Hash id, String why) implements Sent {}
}
