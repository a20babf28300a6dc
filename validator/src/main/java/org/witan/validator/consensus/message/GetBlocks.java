package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * Asks for blocks by hash.
 *
 * <p>Wire v1: u16 count, hashes. Golden: {@code get-blocks.v1.hex}.
 *
 * @param hashes at most 16
 */
public record GetBlocks(List<Hash> hashes) implements ConsensusMessage {
    /** Most blocks of one request. */
    public static final int MAX = 16;

    /** See the type. */
    public static final Codec<GetBlocks> CODEC =
            new Codec<>(
                    (get, out) -> out.list16(get.hashes, Hash.CODEC),
                    in -> new GetBlocks(in.list16(MAX, Hash.SIZE_BYTES, Hash.CODEC)));
}
