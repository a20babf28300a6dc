package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.NetworkId;

/**
 * One validator's signed vote.
 *
 * <p>Wire v1: version u8, ballot, signer u16, signature 64. Golden: {@code vote.v1.hex}.
 *
 * @param ballot what is voted on
 * @param signer the voter's index in the epoch's validator set, from 0
 * @param signature over the ballot, not yet known to be valid
 */
public record Vote(Ballot ballot, int signer, Signature signature) {
    /** See the type. */
    public static final Codec<Vote> CODEC =
            new Codec<>(
                    (vote, out) -> {
                        out.u8(1);
                        Ballot.CODEC.write(vote.ballot, out);
                        out.u16(vote.signer);
                        Signature.CODEC.write(vote.signature, out);
                    },
                    in -> {
                        in.version(1);
                        return new Vote(Ballot.CODEC.read(in), in.u16(), Signature.CODEC.read(in));
                    });

    /** Casts a vote. */
    public static Vote cast(Ballot ballot, int signer, NetworkId networkId, Signer key) {
        return new Vote(ballot, signer, key.sign(Purpose.VOTE, ballot.signedContent(networkId)));
    }

    /** Whether {@code key} signed this vote in this network. */
    public boolean isSignedBy(PublicKey key, NetworkId networkId, Verifier verifier) {
        return verifier.verify(key, Purpose.VOTE, ballot.signedContent(networkId), signature);
    }
}
