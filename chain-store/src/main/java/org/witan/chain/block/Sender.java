package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.NodeId;

/**
 * Who signs a transaction: a member or client by its id, or {@code org:<id>} for an organisation.
 *
 * @param organisation whether the governance key of an organisation signs
 * @param id the member, client or organisation
 */
public record Sender(boolean organisation, NodeId id) implements Comparable<Sender> {
    private static final String PREFIX = "org:";
    private static final int PREFIX_BYTES = 4;

    /** The written form behind a u8 length. */
    public static final Codec<Sender> CODEC =
            new Codec<>(
                    (sender, out) -> out.text8(sender.toString()),
                    in -> {
                        String text = in.text8(PREFIX_BYTES + NodeId.MAX_BYTES);
                        if (!isValid(text)) {
                            throw in.refuse("not a sender");
                        }
                        return parse(text);
                    });

    /** A member or client. */
    public static Sender member(NodeId id) {
        return new Sender(false, id);
    }

    /** Whether {@code text} is the written form of a sender. */
    public static boolean isValid(String text) {
        return NodeId.isValid(text.startsWith(PREFIX) ? text.substring(PREFIX_BYTES) : text);
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Sender parse(String text) {
        return text.startsWith(PREFIX)
                ? new Sender(true, new NodeId(text.substring(PREFIX_BYTES)))
                : new Sender(false, new NodeId(text));
    }

    @Override
    public int compareTo(Sender other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return organisation ? PREFIX + id : id.value();
    }
}
