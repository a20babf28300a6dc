package org.witan.validator.consensus;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.round.Acceptance.Judgement;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Candidate.Verdict;
import org.witan.validator.consensus.round.OwnVotes;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Rounds;
import org.witan.validator.consensus.round.Timeouts;

/** When to notarize, nullify and finalize: rules R4, R6, R6h and R7. */
final class Voter {
    /**
     * So many heights above the final one nobody honest puts work into a block (C21), and no more
     * of it is executed here: what is executed and not final is held in memory.
     */
    private static final long MOST_UNFINALIZED_HEIGHTS = 128;

    private final EpochState state;
    private final Proposer proposer;

    /** When a proposal that came too early may be looked at again. */
    private long earlyUntil = Timeouts.NEVER;

    Voter(EpochState state, Proposer proposer) {
        this.state = state;
        this.proposer = proposer;
    }

    long wakeAt() {
        return earlyUntil;
    }

    /** Votes in the current view as far as what is known allows. */
    void consider() {
        earlyUntil = Timeouts.NEVER;
        Optional<Round> known = state.rounds.known(state.view);
        if (known.isEmpty()) {
            return;
        }
        Round round = known.get();
        if (isGivenUpByOthers(round)) {
            state.ballots.nullify("others gave up");
        }
        round.proposal().ifPresent(proposal -> consider(round, proposal));
    }

    /** R6(d) and (e): one honest member gave up, or the leader did. */
    private boolean isGivenUpByOthers(Round round) {
        if (!state.votes() || state.safety.mine(state.view).has(VoteKind.NULLIFY)) {
            return false;
        }
        Ballot ballot = nullification(state.view);
        int leader = state.leaders.at(state.view);
        Optional<Vote> leaders = round.tally().held(VoteKind.NULLIFY, leader);
        if (leaders.isPresent()) {
            if (state.ballots.holds(leaders.get())) {
                return true;
            }
            round.tally().drop(VoteKind.NULLIFY, leader);
            state.ballots.blame(leader, ballot);
        }
        int oneHonest = state.epoch.quorum().oneHonest();
        return round.tally()
                .verify(
                        ballot,
                        oneHonest,
                        state.ballots::holds,
                        s -> state.ballots.blame(s, ballot));
    }

    private Ballot nullification(long view) {
        return new Ballot(
                VoteKind.NULLIFY, state.epoch.number(), state.epoch.configHash(), view, Hash.NONE);
    }

    private void consider(Round round, Proposal proposal) {
        if (round.refusal().isPresent()) {
            state.ballots.nullify(round.refusal().get());
            return;
        }
        if (!state.safety.mayNotarize(state.view, proposal.hash()) || isTooMuch(proposal)) {
            return;
        }
        switch (state.acceptance.judge(proposal, state.wallMillis)) {
            case Judgement.Acceptable() -> execute(round, proposal);
            case Judgement.Early(long wait) -> earlyUntil = state.now + wait;
            case Judgement.Incomplete(var views, var blocks) -> {
                List<NodeId> sources = others(state.leader(state.view));
                views.forEach(view -> state.gaps.want(view, sources));
                blocks.forEach(state::prepare);
            }
            case Judgement.Refused(var reason) -> {
                round.refuse(reason);
                state.report(Event.Kind.REFUSED_PROPOSAL, round.view(), reason);
                state.changes++;
            }
        }
    }

    private boolean isTooMuch(Proposal proposal) {
        BlockHeader header = proposal.block().header();
        return header.transactionCount() > 0
                && header.height() - state.rounds.tip().header().height()
                        > MOST_UNFINALIZED_HEIGHTS;
    }

    /** The leader, then everybody else. */
    private List<NodeId> others(NodeId leader) {
        return state.everybody(leader.equals(state.self.id()) ? List.of() : List.of(leader));
    }

    private void execute(Round round, Proposal proposal) {
        Verdict verdict = state.prepare(proposal.hash(), () -> others(state.leader(state.view)));
        if (verdict == Verdict.INVALID) {
            round.refuse("the block is invalid");
            state.changes++;
        } else if (verdict == Verdict.VALID) {
            state.safety
                    .notarize(state.view, proposal.hash())
                    .ifPresent(vote -> castFor(proposal.hash(), vote));
        }
    }

    /** R7: promises never to skip the view of a notarized block, also of a view left long ago. */
    void finalizeAll() {
        for (Round round : List.copyOf(state.rounds.above(state.finalizedView))) {
            Optional<Certificate> notarization = round.certificate(VoteKind.NOTARIZE);
            if (notarization.isPresent()
                    && !state.safety.mine(round.view()).has(VoteKind.FINALIZE)
                    && state.prepare(notarization.get()) == Verdict.VALID) {
                Hash block = notarization.get().ballot().blockHash();
                state.safety.finalize(round.view(), block).ifPresent(vote -> castFor(block, vote));
            }
        }
    }

    /** The body is on the disk no later than the vote for it (C11). */
    private void castFor(Hash block, Vote vote) {
        state.candidates.get(block).ifPresent(candidate -> store(state, candidate));
        state.ballots.cast(vote);
    }

    static void store(EpochState state, Candidate candidate) {
        if (!candidate.isStored()) {
            candidate.markStored();
            state.emit(new Effect.Persist(new StoreWrite.Body(candidate.block())));
        }
    }

    /** The timers of the current view, as far as they are over (R6 a and b, R9). */
    void timePassed() {
        if (!state.votes()) {
            return;
        }
        Timeouts timeouts = state.timeouts;
        boolean proposed = state.rounds.known(state.view).flatMap(Round::proposal).isPresent();
        if (!proposed && leaderDeadline() <= state.now) {
            state.ballots.nullify("no proposal in time");
        }
        if (timeouts.advanceDeadline() <= state.now) {
            state.ballots.nullify("no certificate in time");
        }
        if (timeouts.retryDeadline() <= state.now) {
            timeouts.repeatLater(state.now);
            OwnVotes mine = state.safety.mine(state.view);
            if (!mine.isEmpty() && proposer.isViewAlive()) {
                state.emit(new Effect.Broadcast(new Votes(List.copyOf(mine.all()))));
            }
        }
    }

    /** When the leader's time is over, or the greatest number. */
    long leaderDeadline() {
        return state.timeouts.leaderDeadline(
                state.peers.absentFromMillis(state.leader(state.view), state.now));
    }

    /**
     * R6h: a view that everybody left and of which nobody has a certificate is nullified after the
     * fact, once all were asked for it in vain.
     */
    void repairGaps() {
        if (!state.votes()) {
            return;
        }
        if (state.rounds.best(state.view, state.candidates)
                instanceof Rounds.Parent.Missing(var views, var blocks)) {
            for (long view : views) {
                if (isDueToAsk(view)) {
                    state.gaps.want(view, state.everybody(List.of()));
                    repair(view);
                }
            }
        }
    }

    /** Not at once: what was overtaken by a jump is usually on its way. */
    private boolean isDueToAsk(long view) {
        return state.gaps.isWanted(view)
                || state.now >= state.timeouts.enteredMillis() + state.timeouts.delta()
                || state.view - state.finalizedView
                        > state.epoch.configuration().validators().size();
    }

    private void repair(long view) {
        long asked = state.gaps.askedAllMillis(view);
        boolean open = state.rounds.known(view).map(Round::isOpen).orElse(true);
        if (open
                && asked != Timeouts.NEVER
                && state.now >= asked + 2 * state.timeouts.retryPauseMillis()) {
            state.safety
                    .nullify(view)
                    .ifPresent(vote -> {
                        state.report(Event.Kind.GAP_REPAIRED, view, "nobody has it");
                        state.ballots.cast(vote);
                    });
        }
    }
}
