package org.witan.validator.consensus.message;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * A leader's block for a view, with what proves that it may stand there.
 *
 * <p>The vote is the leader's own notarize vote: it names the view and signs the block. The
 * justification is not signed, its parts prove themselves: the parent's certificate and the
 * nullifications of the views between; what does not fit is fetched. A block whose header names an
 * earlier view than the vote is a re-proposal and has an empty body (rule C18).
 *
 * <p>Wire v1: vote, justification u16 count, block. Golden: {@code proposal.v1.hex}.
 *
 * @param vote NOTARIZE, for the block's hash
 * @param justification at most 65 certificates, in no particular order
 * @param block header and body
 */
public record Proposal(Vote vote, List<Certificate> justification, Block block)
        implements ConsensusMessage {
    /** Most certificates of one justification: a parent's and 64 nullifications. */
    public static final int MAX_CERTIFICATES = 65;

    /** See the type. */
    public static final Codec<Proposal> CODEC =
            new Codec<>(
                    (proposal, out) -> {
                        Vote.CODEC.write(proposal.vote, out);
                        out.list16(proposal.justification, Certificate.CODEC);
                        Block.CODEC.write(proposal.block, out);
                    },
                    in -> {
                        Vote vote = Vote.CODEC.read(in);
                        var justification =
                                in.list16(
                                        MAX_CERTIFICATES,
                                        Certificates.MIN_BYTES,
                                        Certificate.CODEC);
                        Block block = Block.CODEC.read(in);
                        if (vote.ballot().kind() != VoteKind.NOTARIZE
                                || !vote.ballot().blockHash().equals(block.hash())) {
                            throw in.refuse("a proposal whose vote is not for its block");
                        }
                        return new Proposal(vote, justification, block);
                    });

    /** The view that this is a proposal for. */
    public long view() {
        return vote.ballot().view();
    }

    /** The block's hash. */
    public Hash hash() {
        return block.hash();
    }

    /** Whether this proposes a block of an earlier view again. */
    public boolean isRepeated() {
        return block.header().view() < view();
    }
}
