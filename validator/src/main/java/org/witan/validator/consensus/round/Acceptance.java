package org.witan.validator.consensus.round;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.message.Proposal;

/**
 * Whether a proposal may stand in its view (rule C8), as far as that shows without execution.
 *
 * <p>The parent is looked for among the certificates that this node holds, to which those of the
 * justification were added; so nothing in an unsigned justification can mislead.
 */
public final class Acceptance {
    /** How far a block's timestamp may be ahead of the own clock before it has to wait (V6). */
    public static final long MAX_AHEAD_MILLIS = 2_000;

    /** What came out. */
    public sealed interface Judgement {
        /** All that can be checked without execution holds. */
        record Acceptable() implements Judgement {}

        /**
         * It never can be accepted.
         *
         * @param reason for people
         */
        record Refused(String reason) implements Judgement {}

        /**
         * Something must be fetched first; unavailable is not invalid.
         *
         * @param views whose certificates are missing, at most 64
         * @param blocks certificates of blocks that are not executed yet, at most 64
         */
        record Incomplete(List<Long> views, List<Certificate> blocks) implements Judgement {}

        /**
         * Its time has not come.
         *
         * @param waitMillis after how long to look again
         */
        record Early(long waitMillis) implements Judgement {}
    }

    private final NetworkId networkId;
    private final Epoch epoch;
    private final Hash previousBoundary;
    private final Rounds rounds;
    private final Candidates candidates;

    /**
     * Looks at the proposals of one epoch.
     *
     * @param previousBoundary hash of the header that began the epoch
     */
    public Acceptance(
            NetworkId networkId,
            Epoch epoch,
            Hash previousBoundary,
            Rounds rounds,
            Candidates candidates) {
        this.networkId = networkId;
        this.epoch = epoch;
        this.previousBoundary = previousBoundary;
        this.rounds = rounds;
        this.candidates = candidates;
    }

    /** What is wrong with a proposal by itself: V1, V2, V7, V8 and the form of V10. */
    public Optional<String> problemOfForm(Proposal proposal, NodeId leader) {
        BlockHeader header = proposal.block().header();
        if (!header.networkId().equals(networkId) || header.epoch() != epoch.number()) {
            return Optional.of("block of another network or epoch");
        }
        if (!header.configHash().equals(epoch.configHash())
                || !header.previousBoundaryHash().equals(previousBoundary)) {
            return Optional.of("block of another configuration");
        }
        if (header.view() > proposal.view() || header.view() < 1) {
            return Optional.of("block of a later view");
        }
        return proposal.isRepeated()
                ? problemOfRepetition(proposal)
                : problemOfNew(proposal, leader);
    }

    private static Optional<String> problemOfRepetition(Proposal proposal) {
        if (!proposal.block().header().isBoundary()) {
            return Optional.of("repeats a block that ends no epoch");
        }
        return proposal.block().body().equals(BlockBody.EMPTY)
                ? Optional.empty()
                : Optional.of("repeats a block with its body");
    }

    private Optional<String> problemOfNew(Proposal proposal, NodeId leader) {
        BlockHeader header = proposal.block().header();
        Rules rules = epoch.configuration().rules();
        if (!header.proposer().equals(leader)) {
            return Optional.of("block names another proposer");
        }
        if (header.bodyBytes() > rules.blockMaxBytes()
                || header.transactionCount() > rules.blockMaxTransactions()) {
            return Optional.of("body too large");
        }
        return proposal.block().bodyMatches()
                ? Optional.empty()
                : Optional.of("body is not the header's");
    }

    /** Whether a proposal of good form may stand on what is certified: V3 to V6, V10, V11. */
    public Judgement judge(Proposal proposal, long wallMillis) {
        Hash base =
                proposal.isRepeated() ? proposal.hash() : proposal.block().header().parentHash();
        return switch (rounds.named(proposal.view(), base)) {
            case Rounds.Parent.Impossible() ->
                    new Judgement.Refused("parent is not certified, or below a final block");
            case Rounds.Parent.Missing(var views, var blocks) ->
                    new Judgement.Incomplete(views, blocks);
            case Rounds.Parent.Found found -> judgeOn(proposal, found, wallMillis);
        };
    }

    private Judgement judgeOn(Proposal proposal, Rounds.Parent.Found parent, long wallMillis) {
        Optional<BlockHeader> header = validHeader(parent.hash());
        if (header.isEmpty()) {
            boolean invalid =
                    candidates
                            .get(parent.hash())
                            .filter(c -> c.verdict() == Candidate.Verdict.INVALID)
                            .isPresent();
            return invalid
                    ? new Judgement.Refused("parent is invalid")
                    : new Judgement.Incomplete(
                            List.of(), List.of(parent.certificate().orElseThrow()));
        }
        if (proposal.isRepeated()) {
            return new Judgement.Acceptable();
        }
        return judgeChild(proposal.block().header(), header.get(), parent.view(), wallMillis);
    }

    private Judgement judgeChild(
            BlockHeader child, BlockHeader parent, long parentView, long wallMillis) {
        boolean first = parentView == 0;
        if (!first && parent.isBoundary()) {
            return new Judgement.Refused("child of the block that ends the epoch");
        }
        if (!first && parent.view() != parentView) {
            return new Judgement.Refused("parent is of another view");
        }
        if (child.height() != parent.height() + 1) {
            return new Judgement.Refused("height does not follow the parent's");
        }
        if (child.timestampMillis() < parent.timestampMillis()) {
            return new Judgement.Refused("older than its parent");
        }
        // After the parent's time nothing older is possible, however far the own clock went back.
        boolean ahead = child.timestampMillis() > parent.timestampMillis();
        return ahead && child.timestampMillis() > wallMillis + MAX_AHEAD_MILLIS
                ? new Judgement.Early(child.timestampMillis() - MAX_AHEAD_MILLIS - wallMillis)
                : new Judgement.Acceptable();
    }

    private Optional<BlockHeader> validHeader(Hash hash) {
        if (rounds.tip().hash().equals(hash)) {
            return Optional.of(rounds.tip().header());
        }
        return candidates.get(hash).filter(Candidate::isValid).map(c -> c.block().header());
    }
}
