package org.witan.validator.link.handshake;

import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.VisibleText;

/**
 * What each side says of itself in its proof, under its signature.
 *
 * <p>Wire v1: key number u31, signature algorithm u8 = 1, height u63, epoch u63, instance, build
 * u16 length of UTF-8, endpoint u16 length (empty for none), key proof u16 length.
 *
 * @param keyNumber which of its keys signs
 * @param position how far it is
 * @param instance which copy of the node it is
 * @param build its software, at most 64 bytes
 * @param advertised where it says it can be dialled
 * @param keyProof certificates for a key that the other side may not know yet; empty in this build
 */
public record Claims(
        int keyNumber,
        Position position,
        Instance instance,
        String build,
        Optional<Endpoint> advertised,
        byte[] keyProof) {
    private static final int ED25519 = 1;
    private static final int MAX_KEY_PROOF_BYTES = 12 << 10;

    /** See the type. */
    static final Codec<Claims> CODEC =
            new Codec<>(
                    (claims, out) -> {
                        out.u31(claims.keyNumber).u8(ED25519);
                        out.u63(claims.position.height()).u63(claims.position.epoch());
                        Instance.CODEC.write(claims.instance, out);
                        out.text16(claims.build);
                        out.text16(claims.advertised.map(Endpoint::toString).orElse(""));
                        out.bytes16(claims.keyProof);
                    },
                    in -> {
                        int keyNumber = in.u31();
                        if (in.u8() != ED25519) {
                            throw in.refuse("unknown signature algorithm");
                        }
                        return new Claims(
                                keyNumber,
                                new Position(in.u63(), in.u63()),
                                Instance.CODEC.read(in),
                                VisibleText.checked(in, in.text16(64)),
                                endpoint(in),
                                in.bytes16(MAX_KEY_PROOF_BYTES));
                    });

    private static Optional<Endpoint> endpoint(Reader in) {
        String text = in.text16(Endpoint.MAX_BYTES);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Endpoint.parse(text));
        } catch (IllegalArgumentException bad) {
            throw in.refuse("not an endpoint");
        }
    }
}
