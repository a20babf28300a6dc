package org.witan.validator.node.wire;

import org.witan.catchup.wire.CatchupMessage;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.core.Message;
import org.witan.validator.link.Traffic;
import org.witan.validator.pool.TransactionBatch;

/**
 * A message of the core as links carry it.
 *
 * @param traffic its class
 * @param bytes its encoding
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on at once, never compared.
public record Outgoing(Traffic traffic, byte[] bytes) {
    /** Encodes a message, whose content says in which class it travels. */
    public static Outgoing of(Message message) {
        return switch (message) {
            case Message.Consensus(var content) ->
                    new Outgoing(traffic(content), ConsensusMessage.CODEC.encode(content));
            case Message.Transactions(var batch) ->
                    new Outgoing(Traffic.TRANSACTION, TransactionBatch.CODEC.encode(batch));
            case Message.Catchup(var content) ->
                    new Outgoing(Traffic.CATCHUP, CatchupMessage.CODEC.encode(content));
        };
    }

    private static Traffic traffic(ConsensusMessage content) {
        return switch (content) {
            case Status _ -> Traffic.STATUS;
            case Proposal _ -> Traffic.PROPOSAL;
            case Blocks _ -> Traffic.PROPOSAL;
            default -> Traffic.VOTE;
        };
    }
}
