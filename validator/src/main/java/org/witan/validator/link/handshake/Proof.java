package org.witan.validator.link.handshake;

import java.util.Arrays;
import java.util.Optional;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.NodeId;

/**
 * AUTH_I and AUTH_R without their seal: signed fields, signature, finish MAC.
 *
 * @param fields the signed fields as they were encoded
 * @param signature 64 bytes
 * @param finish 32 bytes
 */
record Proof(byte[] fields, Signature signature, byte[] finish) {
    /** Greatest size of a sealed proof. */
    static final int MAX_BYTES = 16 << 10;

    private static final int TAIL_BYTES = Signature.SIZE_BYTES + 32;

    /**
     * What the initiator signs.
     *
     * <p>Wire v1: id, id of the node it means to reach, flags u8, claims.
     *
     * @param from the initiator
     * @param to the responder that it means to reach
     * @param intent why it opens
     * @param claims what it says of itself
     */
    record OfInitiator(NodeId from, NodeId to, Intent intent, Claims claims) {
        static final Codec<OfInitiator> CODEC =
                new Codec<>(
                        (proof, out) -> {
                            NodeId.CODEC.write(proof.from, out);
                            NodeId.CODEC.write(proof.to, out);
                            out.u8(proof.intent.ordinal());
                            Claims.CODEC.write(proof.claims, out);
                        },
                        in -> {
                            NodeId from = NodeId.CODEC.read(in);
                            NodeId to = NodeId.CODEC.read(in);
                            int flags = in.u8();
                            if (flags >= Intent.values().length) {
                                throw in.refuse("unknown flags");
                            }
                            return new OfInitiator(
                                    from, to, Intent.values()[flags], Claims.CODEC.read(in));
                        });
    }

    /**
     * What the responder signs.
     *
     * <p>Wire v1: id, claims.
     *
     * @param from the responder
     * @param claims what it says of itself
     */
    record OfResponder(NodeId from, Claims claims) {
        static final Codec<OfResponder> CODEC =
                new Codec<>(
                        (proof, out) -> {
                            NodeId.CODEC.write(proof.from, out);
                            Claims.CODEC.write(proof.claims, out);
                        },
                        in -> new OfResponder(NodeId.CODEC.read(in), Claims.CODEC.read(in)));
    }

    /** Splits a plaintext; empty if it is too short for signature and finish. */
    static Optional<Proof> split(byte[] plaintext) {
        int end = plaintext.length - TAIL_BYTES;
        if (end < 0) {
            return Optional.empty();
        }
        int middle = end + Signature.SIZE_BYTES;
        return Optional.of(
                new Proof(
                        Arrays.copyOf(plaintext, end),
                        Signature.of(Arrays.copyOfRange(plaintext, end, middle)),
                        Arrays.copyOfRange(plaintext, middle, plaintext.length)));
    }

    /** The fields as a value; empty if they are none. */
    <T> Optional<T> decoded(Codec<T> codec) {
        return switch (codec.decode(fields)) {
            case Decoded.Ok<T>(var value) -> Optional.of(value);
            case Decoded.Bad<T> _ -> Optional.empty();
        };
    }
}
