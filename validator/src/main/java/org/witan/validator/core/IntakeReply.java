package org.witan.validator.core;

import org.witan.genesis.crypto.Hash;

/** Whether a client's transaction was taken. */
public sealed interface IntakeReply {
    /**
     * It waits for a block.
     *
     * @param id the transaction
     */
    record Accepted(Hash id) implements IntakeReply {}

    /**
     * It was not taken.
     *
     * @param code stable name
     * @param why names the limit or the rule
     * @param fix what to try
     */
    record Refused(String code, String why, String fix) implements IntakeReply {}
}
