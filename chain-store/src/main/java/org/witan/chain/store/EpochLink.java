package org.witan.chain.store;

import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;

/**
 * One link of the chain of validator sets: how an epoch began.
 *
 * <p>Wire v1: version u8, number u63, boundary header, present u8 and finalization, configuration.
 * Golden: {@code epoch-link.v1.hex}.
 *
 * @param number of the epoch that begins, from 1
 * @param boundary header of the last block of the epoch before; for epoch 1 of height 0
 * @param finalization of the boundary by the set before; empty exactly for epoch 1
 * @param configuration in force from the next height
 */
public record EpochLink(
        long number,
        BlockHeader boundary,
        Optional<Certificate> finalization,
        Configuration configuration) {
    /** See the type. */
    public static final Codec<EpochLink> CODEC =
            new Codec<>(
                    (link, out) -> {
                        out.u8(1).u63(link.number);
                        BlockHeader.CODEC.write(link.boundary, out);
                        out.bool(link.finalization.isPresent());
                        link.finalization.ifPresent(f -> Certificate.CODEC.write(f, out));
                        Configuration.CODEC.write(link.configuration, out);
                    },
                    in -> {
                        in.version(1);
                        long number = in.u63();
                        BlockHeader boundary = BlockHeader.CODEC.read(in);
                        if (in.bool() != number > 1) {
                            throw in.refuse("epoch 1 has no finalization, later ones have one");
                        }
                        Optional<Certificate> finalization =
                                number > 1
                                        ? Optional.of(Certificate.CODEC.read(in))
                                        : Optional.empty();
                        return new EpochLink(
                                number, boundary, finalization, Configuration.CODEC.read(in));
                    });

    /** The epoch that begins, its hash computed now. */
    public Epoch epoch() {
        return Epoch.of(number, configuration);
    }

    /** Hash of the boundary header, computed now. */
    public Hash boundaryHash() {
        return boundary.hash();
    }
}
