package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.chain.block.Vote;
import org.witan.genesis.codec.Codec;

/**
 * Votes of the sender, or the receiver's own ones that the sender remembers.
 *
 * <p>Wire v1: u16 count, votes. Golden: {@code votes.v1.hex}.
 *
 * @param votes at most 192, in no particular order
 */
public record Votes(List<Vote> votes) implements ConsensusMessage {
    /** Most votes of one message: three kinds in 64 views. */
    public static final int MAX = 192;

    /** See the type. */
    public static final Codec<Votes> CODEC =
            new Codec<>(
                    (message, out) -> out.list16(message.votes, Vote.CODEC),
                    in -> new Votes(in.list16(MAX, 148, Vote.CODEC)));
}
