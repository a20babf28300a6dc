package org.witan.validator.core;

import org.witan.catchup.wire.CatchupMessage;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.pool.TransactionBatch;

/** What validators send each other, by channel. */
public sealed interface Message {
    /**
     * Votes, proposals, certificates, status, fetches.
     *
     * @param content the message
     */
    record Consensus(ConsensusMessage content) implements Message {}

    /**
     * Transactions for the pool.
     *
     * @param content the batch
     */
    record Transactions(TransactionBatch content) implements Message {}

    /**
     * Ranges and epochs, asked and answered; requests of others never come to the core.
     *
     * @param content the message
     */
    record Catchup(CatchupMessage content) implements Message {}
}
