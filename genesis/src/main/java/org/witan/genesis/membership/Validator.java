package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;

/**
 * One voter of an epoch: what consensus needs to know of a member.
 *
 * <p>Wire: id, key number u31, key 32.
 *
 * @param id the member
 * @param keyNumber how often the member's key was replaced, from 0
 * @param key the key that its votes are checked with
 */
public record Validator(NodeId id, int keyNumber, PublicKey key) {
    /** Id, key number, key. */
    public static final Codec<Validator> CODEC =
            new Codec<>(
                    (validator, out) -> {
                        NodeId.CODEC.write(validator.id, out);
                        out.u31(validator.keyNumber);
                        PublicKey.CODEC.write(validator.key, out);
                    },
                    in -> new Validator(NodeId.CODEC.read(in), in.u31(), PublicKey.CODEC.read(in)));
}
