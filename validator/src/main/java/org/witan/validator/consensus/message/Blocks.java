package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.genesis.codec.Codec;

/**
 * Blocks that were asked for: those that the sender has and that fit.
 *
 * <p>Wire v1: u16 count, blocks. Golden: {@code blocks.v1.hex}.
 *
 * @param blocks at most 16, in no particular order
 */
public record Blocks(List<Block> blocks) implements ConsensusMessage {
    /** Bytes of bodies at which a sender ends an answer; one block is always allowed. */
    public static final int SOFT_LIMIT_BYTES = 1 << 20;

    /** See the type. */
    public static final Codec<Blocks> CODEC =
            new Codec<>(
                    (message, out) -> out.list16(message.blocks, Block.CODEC),
                    in -> new Blocks(in.list16(GetBlocks.MAX, Block.MIN_BYTES, Block.CODEC)));
}
