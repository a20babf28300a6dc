package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.chain.block.Certificate;
import org.witan.genesis.codec.Codec;

/**
 * Certificates, pushed or asked for; each proves itself.
 *
 * <p>Wire v1: u16 count, certificates. Golden: {@code certificates.v1.hex}.
 *
 * @param certificates at most 128, in no particular order
 */
public record Certificates(List<Certificate> certificates) implements ConsensusMessage {
    /** Most certificates of one message: two kinds in 64 views. */
    public static final int MAX = 128;

    /** Least size of an encoded certificate: one signature. */
    static final int MIN_BYTES = 148;

    /** See the type. */
    public static final Codec<Certificates> CODEC =
            new Codec<>(
                    (message, out) -> out.list16(message.certificates, Certificate.CODEC),
                    in -> new Certificates(in.list16(MAX, MIN_BYTES, Certificate.CODEC)));
}
