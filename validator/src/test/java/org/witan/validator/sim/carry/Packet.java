package org.witan.validator.sim.carry;

import org.witan.catchup.wire.CatchupMessage;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.core.Message;
import org.witan.validator.link.Traffic;
import org.witan.validator.node.wire.Outgoing;
import org.witan.validator.pool.TransactionBatch;

/**
 * A message as a link carries it.
 *
 * @param message what was sent
 * @param outgoing its encoding, as it stands in records, and the class in which it travels
 */
public record Packet(Message message, Outgoing outgoing) {
    public static Packet of(Message message) {
        return new Packet(message, Outgoing.of(message));
    }

    /** What a receiver makes of bytes. */
    public static Packet arrived(Traffic traffic, byte[] bytes) {
        Message message =
                switch (traffic.channel()) {
                    case CONSENSUS ->
                            new Message.Consensus(ConsensusMessage.CODEC.decode(bytes).orThrow());
                    case TRANSACTIONS ->
                            new Message.Transactions(
                                    TransactionBatch.CODEC.decode(bytes).orThrow());
                    case CATCHUP ->
                            new Message.Catchup(CatchupMessage.CODEC.decode(bytes).orThrow());
                };
        return new Packet(message, new Outgoing(traffic, bytes));
    }

    /** The same, decoded anew. */
    public Packet decoded() {
        return arrived(traffic(), bytes());
    }

    public Traffic traffic() {
        return outgoing.traffic();
    }

    public byte[] bytes() {
        return outgoing.bytes();
    }

    /** For the trace. */
    public String kind() {
        return message.getClass().getSimpleName();
    }
}
