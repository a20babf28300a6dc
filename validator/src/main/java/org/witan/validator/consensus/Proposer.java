package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.validator.consensus.Effect.Filling;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Candidate.Verdict;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Rounds.Parent;
import org.witan.validator.consensus.round.Timeouts;

/** What to do when it is this node's turn: rule R2, and when a block is due: rule C19. */
final class Proposer {
    /** A final parent with so many transactions tells that more will come at once. */
    private static final int BUSY_TRANSACTIONS = 32;

    /** Least pause between two blocks of a network that is not busy, in milliseconds. */
    private static final int QUIET_PAUSE_MILLIS = 5;

    /** Beyond so many views without a final block, blocks carry no more work (C21). */
    private static final long MOST_UNFINALIZED_VIEWS = 64;

    private final EpochState state;
    private long building;
    private Filling filling = Filling.ONLY_WITH_TRANSACTIONS;
    private long paceUntil = Timeouts.NEVER;

    Proposer(EpochState state) {
        this.state = state;
    }

    /** When to look again, while a pause or a fetch keeps this node from proposing. */
    long wakeAt() {
        return paceUntil;
    }

    /** Whether a block is due now, for whatever reason. */
    boolean isWorkExpected() {
        return state.work || isEmptyBlockDue();
    }

    /**
     * Whether somebody waits for the current view to end: a block is due here, or f+1 members
     * spoke. A lone vote of an idle network is not said again and again.
     */
    boolean isViewAlive() {
        return isWorkExpected()
                || state.rounds
                        .known(state.view)
                        .filter(r -> r.tally().voters() >= state.epoch.quorum().oneHonest())
                        .isPresent();
    }

    /** Whether even a block without transactions is due: heartbeat, boundary, unfinished block. */
    private boolean isEmptyBlockDue() {
        return !state.closed && nextEmptyBlockMillis() <= state.now;
    }

    /** When an empty block becomes due, if nothing happens until then. */
    long nextEmptyBlockMillis() {
        if (state.closed) {
            return Timeouts.NEVER;
        }
        long due = state.lastBlockMillis + state.rules.heartbeatSeconds() * 1000L;
        for (Round round : state.rounds.above(state.finalizedView)) {
            long since = round.heldSinceMillis(VoteKind.NOTARIZE);
            if (since != Timeouts.NEVER) {
                due = Math.min(due, isBoundary(round) ? since : since + state.timeouts.delta());
            }
        }
        return due;
    }

    private boolean isBoundary(Round round) {
        return round.certificate(VoteKind.NOTARIZE)
                .flatMap(n -> state.candidates.get(n.ballot().blockHash()))
                .filter(candidate -> candidate.block().header().isBoundary())
                .isPresent();
    }

    /** Proposes, or asks for what that needs, if this node leads the current view. */
    void consider() {
        paceUntil = Timeouts.NEVER;
        long view = state.view;
        if (!state.leads(view)
                || !state.votes()
                || !state.safety.mine(view).isEmpty()
                || building == view
                || !isWorkExpected()) {
            return;
        }
        if (state.draining) {
            state.ballots.nullify("this leader is draining");
            return;
        }
        switch (state.rounds.best(view, state.candidates)) {
            case Parent.Missing(var views, var blocks) -> {
                views.forEach(gap -> state.gaps.want(gap, state.everybody(List.of())));
                blocks.forEach(state::prepare);
                waitForProof();
            }
            case Parent.Impossible() -> Check.invariant(false, "no parent in view %d", view);
            case Parent.Found parent -> propose(parent);
        }
    }

    private void waitForProof() {
        state.timeouts.expectWork(true, state.now);
        if (state.timeouts.proofDeadline() <= state.now) {
            state.ballots.nullify("cannot prove what to build on");
        } else {
            paceUntil = state.timeouts.proofDeadline();
        }
    }

    private void propose(Parent.Found parent) {
        Optional<Candidate> above = state.candidates.get(parent.hash());
        if (above.isPresent() && above.get().block().header().isBoundary()) {
            propose(above.get());
            return;
        }
        long pace = notBefore(above);
        if (pace > state.now) {
            paceUntil = pace;
            return;
        }
        building = state.view;
        filling = filling();
        state.emit(new Effect.Build(parent.hash(), state.view, filling));
    }

    private Filling filling() {
        if (state.view - state.finalizedView > MOST_UNFINALIZED_VIEWS) {
            return Filling.EMPTY;
        }
        return isEmptyBlockDue() ? Filling.EVEN_WITHOUT : Filling.ONLY_WITH_TRANSACTIONS;
    }

    /**
     * When the next block may follow its parent. A quiet network answers almost at once; while
     * blocks are full or not final yet, the pause of the rules gathers more transactions into one
     * block.
     *
     * @param above the parent, if it is still held beside the tip
     */
    private long notBefore(Optional<Candidate> above) {
        BlockHeader tip = state.rounds.tip().header();
        BlockHeader parent = above.map(c -> c.block().header()).orElse(tip);
        boolean quiet =
                parent.height() <= tip.height() && parent.transactionCount() < BUSY_TRANSACTIONS;
        int interval = state.rules.blockMinIntervalMillis();
        long seen = above.map(Candidate::seenMillis).orElse(state.tipSeenMillis);
        return seen + (quiet ? Math.min(interval, QUIET_PAUSE_MILLIS) : interval);
    }

    /** The block that was asked for is made, or none could be. */
    void built(long view, Optional<Block> block) {
        if (view != building) {
            return;
        }
        building = 0;
        if (view != state.view || !state.safety.mine(view).isEmpty()) {
            return;
        }
        if (block.isPresent()) {
            checkOwn(block.get().header());
            Candidate candidate = state.candidates.add(block.get(), state.now);
            candidate.verdict(Verdict.VALID);
            propose(candidate);
        } else if (filling != Filling.ONLY_WITH_TRANSACTIONS) {
            state.ballots.nullify("this leader could not make a block");
        } else {
            state.work = false;
        }
    }

    private void checkOwn(BlockHeader header) {
        Check.invariant(
                header.epoch() == state.epoch.number()
                        && header.view() == state.view
                        && header.proposer().equals(state.self.id())
                        && header.configHash().equals(state.epoch.configHash()),
                "the block that was built for view %d is not for it",
                state.view);
    }

    private void propose(Candidate candidate) {
        Hash hash = candidate.block().hash();
        Optional<Vote> vote = state.safety.notarize(state.view, hash);
        if (vote.isEmpty()) {
            return;
        }
        Voter.store(state, candidate);
        state.emit(new Effect.Persist(new StoreWrite.OwnVote(vote.get())));
        Proposal proposal = proposal(vote.get(), candidate.block());
        state.rounds.at(state.view).propose(proposal);
        state.timeouts.sawProposal(state.now);
        state.emit(new Effect.Broadcast(proposal));
        state.report(Event.Kind.PROPOSED, state.view, candidate.block().toString());
        state.ballots.count(vote.get());
    }

    /** What this node proposed in a view, made anew after a crash if need be. */
    Optional<Proposal> proposed(long view) {
        Optional<Vote> vote = state.safety.mine(view).of(VoteKind.NOTARIZE);
        Optional<Candidate> candidate =
                vote.flatMap(v -> state.candidates.get(v.ballot().blockHash()));
        if (!state.leads(view) || candidate.isEmpty()) {
            return Optional.empty();
        }
        Optional<Proposal> kept = state.rounds.known(view).flatMap(Round::proposal);
        return kept.isPresent()
                ? kept
                : Optional.of(proposal(vote.orElseThrow(), candidate.get().block()));
    }

    private Proposal proposal(Vote vote, Block block) {
        long view = vote.ballot().view();
        boolean again = block.header().view() < view;
        Hash base = again ? block.hash() : block.header().parentHash();
        List<Certificate> justification = new ArrayList<>();
        if (state.rounds.named(view, base) instanceof Parent.Found parent) {
            parent.certificate().ifPresent(justification::add);
            justification.addAll(
                    state.rounds.skipped(parent.view(), view, Proposal.MAX_CERTIFICATES - 1));
        }
        Block sent = again ? new Block(block.header(), BlockBody.EMPTY) : block;
        return new Proposal(vote, List.copyOf(justification), sent);
    }
}
