package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.genesis.codec.Codec;

/**
 * Asks for every certificate of some views.
 *
 * <p>Wire v1: epoch u63, u16 count, views u63. Golden: {@code get-certificates.v1.hex}.
 *
 * @param epoch of the views
 * @param views at most 64
 */
public record GetCertificates(long epoch, List<Long> views) implements ConsensusMessage {
    /** Most views of one request. */
    public static final int MAX = 64;

    /** See the type. */
    public static final Codec<GetCertificates> CODEC =
            new Codec<>(
                    (get, out) -> out.u63(get.epoch).list16(get.views, view()),
                    in -> new GetCertificates(in.u63(), in.list16(MAX, 8, view())));

    private static Codec<Long> view() {
        return new Codec<>((view, out) -> out.u63(view), in -> in.u63());
    }
}
