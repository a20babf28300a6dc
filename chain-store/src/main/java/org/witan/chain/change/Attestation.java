package org.witan.chain.change;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.VisibleText;

/**
 * What a member last said of itself, as the state records it under {@code attestation/<id>}.
 *
 * <p>Wire v1: version u8, then the components in their order. Golden: {@code attestation.v1.hex}.
 *
 * @param keyNumber of the key that signed
 * @param height of a block that the member holds
 * @param block that block's hash, by the member's word
 * @param leastLevel lowest protocol level that its build runs
 * @param greatestLevel highest protocol level that its build runs
 * @param build version of its program, at most 64 bytes of UTF-8
 * @param recorded height of the block that recorded this
 */
public record Attestation(
        int keyNumber,
        long height,
        Hash block,
        int leastLevel,
        int greatestLevel,
        String build,
        long recorded) {
    /** Longest name of a build in bytes of UTF-8. */
    public static final int MAX_BUILD_BYTES = 64;

    /** See the type. */
    public static final Codec<Attestation> CODEC =
            new Codec<>(
                    (said, out) -> {
                        out.u8(1).u31(said.keyNumber).u63(said.height);
                        Hash.CODEC.write(said.block, out);
                        out.u16(said.leastLevel).u16(said.greatestLevel);
                        out.text8(said.build).u63(said.recorded);
                    },
                    in -> {
                        in.version(1);
                        return new Attestation(
                                in.u31(),
                                in.u63(),
                                Hash.CODEC.read(in),
                                in.u16(),
                                in.u16(),
                                VisibleText.checked(in, in.text8(MAX_BUILD_BYTES)),
                                in.u63());
                    });
}
