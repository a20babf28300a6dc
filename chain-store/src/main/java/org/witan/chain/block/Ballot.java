package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NetworkId;

/**
 * What is voted on: the part of a vote and of a certificate that is signed.
 *
 * <p>Wire: kind u8, epoch u63, configHash 32, view u63, blockHash 32. Signed: the network id, then
 * these bytes.
 *
 * @param kind what the vote says
 * @param epoch span with one validator set, from 1
 * @param configHash hash of that epoch's configuration
 * @param view attempt within the epoch, from 1
 * @param blockHash the block, {@link Hash#NONE} exactly for {@link VoteKind#NULLIFY}
 */
public record Ballot(VoteKind kind, long epoch, Hash configHash, long view, Hash blockHash) {
    /** See the type. */
    public static final Codec<Ballot> CODEC =
            new Codec<>(
                    (ballot, out) -> {
                        VoteKind.CODEC.write(ballot.kind, out);
                        out.u63(ballot.epoch);
                        Hash.CODEC.write(ballot.configHash, out);
                        out.u63(ballot.view);
                        Hash.CODEC.write(ballot.blockHash, out);
                    },
                    in -> {
                        Ballot ballot =
                                new Ballot(
                                        VoteKind.CODEC.read(in),
                                        in.u63(),
                                        Hash.CODEC.read(in),
                                        in.u63(),
                                        Hash.CODEC.read(in));
                        boolean nullify = ballot.kind == VoteKind.NULLIFY;
                        if (nullify != ballot.blockHash.equals(Hash.NONE)) {
                            throw in.refuse("a block for nullify, or none for another kind");
                        }
                        return ballot;
                    });

    /** The bytes that a voter signs, before the purpose's tag. */
    public byte[] signedContent(NetworkId networkId) {
        Writer out = new Writer();
        NetworkId.CODEC.write(networkId, out);
        CODEC.write(this, out);
        return out.toBytes();
    }
}
