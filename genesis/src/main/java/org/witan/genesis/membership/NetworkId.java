package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * The hash of a genesis body: which network this is, in every handshake and every signature.
 *
 * @param hash SHA-256 of the canonical genesis body behind its tag
 */
public record NetworkId(Hash hash) {
    /** 32 bytes as they are. */
    public static final Codec<NetworkId> CODEC =
            new Codec<>(
                    (id, out) -> Hash.CODEC.write(id.hash, out),
                    in -> new NetworkId(Hash.CODEC.read(in)));

    /** {@code wn-} and eight hex digits, for people. */
    public String shortName() {
        return "wn-" + hash.shortHex();
    }

    /** 64 hex digits. */
    @Override
    public String toString() {
        return hash.hex();
    }
}
