package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Candidate.Verdict;
import org.witan.validator.consensus.round.OwnVotes;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.SafetyRules;
import org.witan.validator.consensus.round.Timeouts;

/**
 * Consensus of one node in one epoch: inputs in, effects out, the same ones for the same inputs.
 *
 * <p>A step first takes its input, then settles: it enters views, commits, votes, proposes and
 * fetches until nothing changes any more. There are no timers; give a {@link Input.Tick} at or
 * after {@link #wakeAt}, the first one to start. When a block that ends the epoch is committed the
 * engine signs nothing any more and only answers; its owner makes the next epoch's engine.
 */
public final class Engine {
    private static final int MAX_ROUNDS_OF_CHANGES = 10_000;

    /** How many of the newest views a node keeps that is far behind. */
    private static final long KEPT_FAR_BEHIND = 64;

    private final EpochState state;
    private final Proposer proposer;
    private final Voter voter;
    private final Finality finality;
    private final AntiEntropy antiEntropy;
    private final Reception reception;
    private boolean started;
    private long wakeAt;

    /**
     * An engine that was not started.
     *
     * @param anchor the newest committed block, of this epoch or the boundary that began it
     * @param memory what this node finds of its own past in this epoch, above the anchor
     */
    public Engine(Self self, Epoch epoch, Anchor anchor, Recovered memory) {
        this(new EpochState(self, epoch, anchor, rules(self, epoch, anchor, memory)), memory);
    }

    Engine(EpochState state, Recovered memory) {
        this.state = state;
        proposer = new Proposer(state);
        voter = new Voter(state, proposer);
        finality = new Finality(state);
        antiEntropy = new AntiEntropy(state, proposer);
        if (memory.past() != Recovered.Past.ASKED) {
            state.safety.ask(memory.past() == Recovered.Past.LOST);
        }
        reception = new Reception(state, antiEntropy);
        recover(memory);
    }

    private static SafetyRules rules(Self self, Epoch epoch, Anchor anchor, Recovered memory) {
        int index = self.place(epoch.configuration()).orElse(-1);
        return new SafetyRules(
                epoch,
                new SafetyRules.Pen(index, self.networkId(), self.signer()),
                anchor.viewIn(epoch.number()),
                memory.mayVote());
    }

    /** C11: own votes count again, and the view is the one after the highest certificate. */
    private void recover(Recovered memory) {
        long tip = state.rounds.tip().view();
        for (Certificate certificate : memory.certificates()) {
            if (certificate.ballot().epoch() == state.epoch.number()
                    && certificate.ballot().view() > tip) {
                state.ballots.restore(certificate);
                state.view = Math.max(state.view, certificate.ballot().view() + 1);
            }
        }
        for (Vote vote : memory.ownVotes()) {
            long view = vote.ballot().view();
            if (vote.ballot().epoch() == state.epoch.number() && view > tip) {
                state.safety.restore(vote);
                state.rounds.at(view).tally().put(vote, true);
                state.view = Math.max(state.view, view);
            }
        }
        memory.bodies().stream()
                .filter(block -> block.height() > state.rounds.tip().header().height())
                .forEach(block -> state.candidates.add(block, 0).markStored());
    }

    /**
     * Applies one input and answers what to do about it, in this order. Nothing that a peer says
     * makes it throw.
     *
     * @param nowMillis a clock that never goes back, for deadlines
     * @param wallMillis milliseconds since 1970, which may jump, for blocks' timestamps
     */
    public List<Effect> step(long nowMillis, long wallMillis, Input input) {
        state.now = Math.max(state.now, nowMillis);
        state.wallMillis = wallMillis;
        if (!started) {
            start();
        }
        state.blocks.begin();
        state.gaps.begin();
        apply(input);
        settle();
        state.fetch();
        wakeAt = nextWake();
        return state.takeEffects();
    }

    private void start() {
        started = true;
        state.peers.start(state.now);
        state.lastBlockMillis = Math.min(state.lastBlockMillis, state.now);
        enter(state.view);
        state.report(Event.Kind.ENTERED, state.view, "led by " + state.leader(state.view));
        List<Vote> own = new ArrayList<>();
        state.safety.viewsSigned().forEach(view -> own.addAll(state.safety.mine(view).all()));
        for (int from = 0; from < own.size(); from += Votes.MAX) {
            int to = Math.min(own.size(), from + Votes.MAX);
            state.emit(new Effect.Broadcast(new Votes(List.copyOf(own.subList(from, to)))));
        }
        if (state.safety.mine(state.view).has(VoteKind.NULLIFY)) {
            state.timeouts.repeatLater(state.now);
        }
    }

    private void apply(Input input) {
        switch (input) {
            case Input.Received(var from, var message) -> reception.take(from, message);
            case Input.Tick() -> {
                voter.timePassed();
                antiEntropy.timePassed();
            }
            case Input.Built(long view, var block) -> proposer.built(view, block);
            case Input.Verdict(var block, boolean valid) -> {
                Verdict verdict = valid ? Verdict.VALID : Verdict.INVALID;
                state.candidates.get(block).ifPresent(c -> judge(c, verdict));
            }
            case Input.Link(var peer, boolean up) -> {
                state.peers.link(peer, up, state.now);
                if (up && !peer.equals(state.self.id())) {
                    antiEntropy.greet(peer);
                }
            }
            case Input.Work(boolean expected) -> state.work = expected;
            case Input.Drain(boolean on) -> state.draining = on;
            case Input.Committed(long height) -> finality.committed(height);
            case Input.Advanced(var anchor) -> {
                finality.advanced(anchor);
                antiEntropy.hurry();
            }
            case Input.Links(var row) -> antiEntropy.links(row);
            case Input.StopVoting(var reason) -> state.ballots.stop(state.view, reason);
        }
    }

    private void judge(Candidate candidate, Verdict verdict) {
        candidate.verdict(verdict);
        if (verdict == Verdict.INVALID) {
            state.report(
                    Event.Kind.INVALID_BLOCK,
                    candidate.block().header().view(),
                    candidate.block().toString());
        }
    }

    private void settle() {
        long before;
        int limit = MAX_ROUNDS_OF_CHANGES;
        do {
            before = state.changes;
            enterNext();
            endAsking();
            finality.advance();
            if (!state.closed && !state.isFarBehind()) {
                voter.consider();
                voter.finalizeAll();
                proposer.consider();
            }
            Check.invariant(limit-- > 0, "view %d does not settle", state.view);
        } while (before != state.changes);
        if (state.isFarBehind()) {
            forgetOld();
        } else if (!state.closed) {
            voter.repairGaps();
            armTimeouts();
        }
    }

    /** A process that has just started has asked all whom a decision takes. */
    private void endAsking() {
        if (state.safety.isAsking() && state.peers.answered() + 1 >= state.epoch.quorum().size()) {
            state.safety.asked(state.peers.viewAfterAll());
        }
    }

    /** What lies between the tip and the newest views comes by catch-up (C17). */
    private void forgetOld() {
        long kept = state.view - KEPT_FAR_BEHIND;
        if (kept > state.rounds.tip().view() && !state.rounds.drop(kept).isEmpty()) {
            state.candidates.keepOnly(this::isStillOfUse, kept);
        }
    }

    /** R1: a certificate of the current view or a later one ends it. */
    private void enterNext() {
        long next = Math.max(state.view, state.finalizedView + 1);
        for (Round round : state.rounds.above(state.view - 1)) {
            if (!round.isOpen()) {
                next = Math.max(next, round.view() + 1);
            }
        }
        if (next > state.view) {
            state.report(Event.Kind.ENTERED, next, "led by " + state.leader(next));
            enter(next);
        }
    }

    private void enter(long view) {
        state.changes++;
        state.view = view;
        state.timeouts.enter(state.now, view - state.finalizedView);
        state.rounds
                .known(view)
                .flatMap(Round::proposal)
                .ifPresent(proposal -> state.timeouts.sawProposal(state.now));
        state.candidates.keepOnly(this::isStillOfUse, 0);
    }

    /** Not of use is what was proposed in a view that is over, and neither certified nor voted. */
    private boolean isStillOfUse(Candidate candidate) {
        return candidate.isStored()
                || candidate.block().header().view() >= state.view
                || state.blocks.isWanted(candidate.block().hash())
                || state.rounds.isCertified(candidate.block().hash());
    }

    private void armTimeouts() {
        if (!state.votes()) {
            return;
        }
        state.timeouts.expectWork(proposer.isWorkExpected(), state.now);
        int voters = state.rounds.known(state.view).map(r -> r.tally().voters()).orElse(0);
        if (voters >= state.epoch.quorum().oneHonest()) {
            state.timeouts.sawActivity(state.now);
        }
    }

    private long nextWake() {
        long wake = Math.min(antiEntropy.wakeAt(), state.fetchAt());
        if (state.closed || !state.votes()) {
            return wake;
        }
        OwnVotes mine = state.safety.mine(state.view);
        wake = Math.min(wake, state.timeouts.retryDeadline());
        if (!mine.has(VoteKind.NULLIFY) && !mine.has(VoteKind.FINALIZE)) {
            boolean proposed = state.rounds.known(state.view).flatMap(Round::proposal).isPresent();
            wake = Math.min(wake, proposed ? Timeouts.NEVER : voter.leaderDeadline());
            wake = Math.min(wake, state.timeouts.advanceDeadline());
            wake = Math.min(wake, Math.min(voter.wakeAt(), proposer.wakeAt()));
            long empty = proposer.nextEmptyBlockMillis();
            wake = Math.min(wake, empty > state.now ? empty : Timeouts.NEVER);
        }
        return wake;
    }

    /** When to give the next {@link Input.Tick}, milliseconds since 1970; 0 before the first. */
    public long wakeAt() {
        return wakeAt;
    }

    /** Of the newest block, if this node holds one. */
    public Optional<Certificate> finalization() {
        return state.rounds.tip().finalization();
    }

    /** What the engine that takes its place finds of the past: of its votes what is not lost. */
    public Recovered memory(boolean mayVote) {
        List<Certificate> held = state.rounds.certificates();
        return new Recovered(List.of(), held, List.of(), mayVote, "", state.safety.past());
    }

    /** What this engine waits for. */
    public Standing standing() {
        return Standing.of(state, proposer.isWorkExpected());
    }
}
