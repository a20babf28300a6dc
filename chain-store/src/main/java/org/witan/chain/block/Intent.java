package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.NetworkId;

/**
 * What a sender wants: a transaction before it is signed.
 *
 * <p>Wire v1: version u8, then the components in their order.
 *
 * @param networkId the network
 * @param sender who wants it
 * @param keyNumber which of the sender's keys signs, from 0
 * @param nonce any number that the sender did not use yet and that is within its window
 * @param validUntil last height at which it may be executed, at most 1000 ahead
 * @param operation what to do
 */
public record Intent(
        NetworkId networkId,
        Sender sender,
        int keyNumber,
        long nonce,
        long validUntil,
        Operation operation) {
    /** Most heights that {@link #validUntil} may lie ahead. */
    public static final int MAX_LIFETIME_BLOCKS = 1000;

    /** See the type. */
    public static final Codec<Intent> CODEC =
            new Codec<>(
                    (intent, out) -> {
                        out.u8(1);
                        NetworkId.CODEC.write(intent.networkId, out);
                        Sender.CODEC.write(intent.sender, out);
                        out.u31(intent.keyNumber).u63(intent.nonce).u63(intent.validUntil);
                        Operation.CODEC.write(intent.operation, out);
                    },
                    in -> {
                        in.version(1);
                        return new Intent(
                                NetworkId.CODEC.read(in),
                                Sender.CODEC.read(in),
                                in.u31(),
                                in.u63(),
                                in.u63(),
                                Operation.CODEC.read(in));
                    });
}
