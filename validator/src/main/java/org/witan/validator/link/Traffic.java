package org.witan.validator.link;

import java.util.Arrays;
import java.util.List;
import org.witan.validator.link.session.StreamRule;

/**
 * The class of a message: the order of sending, what is dropped first, and where it goes.
 *
 * <p>Earlier constants are sent first. The ordinal is the stream number on the wire (rule R3).
 */
public enum Traffic {
    /** Votes, certificates and other short messages that agreement waits for. */
    VOTE(Channel.CONSENSUS, 64 << 10, 2 << 20),
    /** What a node says of itself: a newer one replaces one that is still queued. */
    STATUS(Channel.CONSENSUS, 64 << 10, 64 << 10),
    /** Proposals and blocks that agreement asks for. */
    PROPOSAL(Channel.CONSENSUS, Traffic.BLOCK_BYTES, 8 << 20),
    /** Questions and answers of catch-up. */
    CATCHUP(Channel.CATCHUP, Traffic.BLOCK_BYTES, 8 << 20),
    /** Transactions; the first to be dropped when a peer reads too slowly. */
    TRANSACTION(Channel.TRANSACTIONS, 257 << 10, 1 << 20);

    private static final int BLOCK_BYTES = (4 << 20) + (256 << 10);
    private static final List<StreamRule> RULES =
            Arrays.stream(values())
                    .map(traffic ->
                            new StreamRule(
                                    traffic.messageBytes, traffic.queueBytes, traffic == STATUS))
                    .toList();

    private final Channel channel;
    private final int messageBytes;
    private final int queueBytes;

    Traffic(Channel channel, int messageBytes, int queueBytes) {
        this.channel = channel;
        this.messageBytes = messageBytes;
        this.queueBytes = queueBytes;
    }

    /** One rule for each, in this order. */
    public static List<StreamRule> rules() {
        return RULES;
    }

    /** Where the receiver hands such messages to. */
    public Channel channel() {
        return channel;
    }

    /** Whether a link for catching up carries it: what a node has, questions and answers. */
    boolean servesCatchUp() {
        return this == CATCHUP || this == STATUS;
    }

    /** Greatest size of one message. */
    public int messageBytes() {
        return messageBytes;
    }

    /** Most bytes of this class that wait for one peer. */
    public int queueBytes() {
        return queueBytes;
    }
}
