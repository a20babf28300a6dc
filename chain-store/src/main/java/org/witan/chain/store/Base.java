package org.witan.chain.store;

import java.util.List;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * What a ledger begins with that does not begin with the genesis: a final header, the validator
 * sets up to it, and the state that it names.
 *
 * <p>Wire v1: version u8, links u16 count, header, finalization. Golden: {@code base.v1.hex}.
 * Source: docs/protocol/ledger.md, D13.
 *
 * @param links how each epoch began, from epoch 1 without a gap to that of the next height
 * @param header of the block; its height is at least 1
 * @param finalization of exactly that block
 */
public record Base(List<EpochLink> links, BlockHeader header, Certificate finalization) {
    /** Most links. */
    public static final int MAX_LINKS = 0xffff;

    private static final int LINK_MIN_BYTES = 200;

    /** See the type. */
    public static final Codec<Base> CODEC =
            new Codec<>(
                    (base, out) -> {
                        out.u8(1).list16(base.links, EpochLink.CODEC);
                        BlockHeader.CODEC.write(base.header, out);
                        Certificate.CODEC.write(base.finalization, out);
                    },
                    in -> {
                        in.version(1);
                        List<EpochLink> links =
                                in.list16(MAX_LINKS, LINK_MIN_BYTES, EpochLink.CODEC);
                        return new Base(
                                links, BlockHeader.CODEC.read(in), Certificate.CODEC.read(in));
                    });

    /** Number of the block. */
    public long height() {
        return header.height();
    }

    /** Root of the state after the block. */
    public Hash stateRoot() {
        return header.stateRoot();
    }
}
