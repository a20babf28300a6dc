package org.witan.validator.api;

import org.witan.chain.block.Receipt;
import org.witan.genesis.crypto.Hash;

/** What became of a transaction that was handed in. */
public sealed interface Submission {
    /**
     * The pool has it and passes it on; it may still expire before it is executed.
     *
     * @param id the transaction
     */
    record Accepted(Hash id) implements Submission {}

    /**
     * It stands in a finalized block. That says nothing about success: see the receipt.
     *
     * @param id the transaction
     * @param height the block
     * @param index place in the block, from 0
     * @param receipt what executing it came to
     */
    record Committed(Hash id, long height, int index, Receipt receipt) implements Submission {}

    /**
     * It was not taken and will not be executed unless it is handed in again.
     *
     * @param code stable name in capitals, such as {@code NONCE_USED}; see docs/operating/api.md
     * @param why what was found, naming the limit where one was passed
     * @param fix what to try
     */
    record Refused(String code, String why, String fix) implements Submission {}

    /**
     * Nobody can say yet: it was taken, and it may still be executed.
     *
     * @param id the transaction
     * @param why what was waited for, and for how long
     */
    record Unknown(Hash id, String why) implements Submission {}
}
