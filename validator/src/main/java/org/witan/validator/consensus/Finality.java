package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Candidate.Verdict;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Rounds;

/** What is final, and what may be forgotten then: rule R8. */
final class Finality {
    private final EpochState state;
    private boolean halted;

    Finality(EpochState state) {
        this.state = state;
    }

    /** Commits up to the newest finalization whose blocks are all here and valid. */
    void advance() {
        if (halted || state.finalizedView == state.rounds.tip().view() || state.isFarBehind()) {
            return;
        }
        List<Round> above = new ArrayList<>(state.rounds.above(state.rounds.tip().view()));
        Collections.reverse(above);
        for (Round round : above) {
            Optional<Certificate> finalization = round.certificate(VoteKind.FINALIZE);
            if (finalization.isPresent() && (commit(finalization.get()) || halted)) {
                return;
            }
        }
    }

    private boolean commit(Certificate finalization) {
        if (finalization.ballot().blockHash().equals(state.rounds.tip().hash())) {
            return false; // A boundary that was proposed again is final in more than one view.
        }
        Verdict verdict = state.prepare(finalization);
        List<Block> chain = held(finalization.ballot().blockHash());
        BlockHeader tip = state.rounds.tip().header();
        if (verdict == Verdict.INVALID) {
            halt(finalization, "this node finds it invalid");
            return false;
        }
        if (!chain.isEmpty()
                && chain.getFirst().height() <= tip.height() + 1
                && !chain.getFirst().header().parentHash().equals(state.rounds.tip().hash())) {
            halt(finalization, "it does not descend from this node's tip");
            return false;
        }
        if (verdict != Verdict.VALID) {
            return false;
        }
        Check.invariant(
                !chain.isEmpty() && chain.getFirst().height() == tip.height() + 1,
                "a valid block above height %d without its ancestors",
                tip.height());
        commit(chain, finalization);
        return true;
    }

    private void commit(List<Block> chain, Certificate finalization) {
        state.changes++;
        state.emit(new Effect.Commit(chain, finalization));
        Block last = chain.getLast();
        moveTo(new Anchor(last.header(), last.hash(), Optional.of(finalization)));
        if (last.header().isBoundary()) {
            state.closed = true;
            state.safety.closeEpoch();
            state.report(Event.Kind.EPOCH_CLOSED, finalization.ballot().view(), last.toString());
        }
    }

    /** Nothing is signed or committed any more. */
    private void halt(Certificate finalization, String why) {
        state.closed = true;
        state.safety.stop();
        halted = true;
        state.emit(new Effect.Halt(finalization.ballot().blockHash() + " is final, but " + why));
    }

    /** This block and as many of its ancestors above the tip as are held, ascending. */
    private List<Block> held(Hash last) {
        List<Block> blocks = new ArrayList<>();
        Optional<Candidate> candidate = state.candidates.get(last);
        while (candidate.isPresent()) {
            blocks.add(candidate.get().block());
            candidate = state.candidates.get(candidate.get().block().header().parentHash());
        }
        Collections.reverse(blocks);
        return List.copyOf(blocks);
    }

    private void moveTo(Anchor anchor) {
        Rounds.Tip tip = state.tip(anchor);
        state.rounds.tip(tip);
        state.finalizedView = Math.max(state.finalizedView, tip.view());
        state.tipSeenMillis =
                state.candidates.get(anchor.hash()).map(Candidate::seenMillis).orElse(state.now);
        state.candidates.dropUpTo(anchor.height());
        state.lastBlockMillis = Math.max(state.lastBlockMillis, state.now);
    }

    /** The commit of the tip is durable: only now may the votes up to it be forgotten. */
    void committed(long height) {
        if (height >= state.rounds.tip().header().height()) {
            long view = state.rounds.tip().view();
            state.rounds.drop(view).forEach(state.archive::keep);
            state.safety.raiseFloor(view);
        }
    }

    /** Catch-up committed blocks; they are durable. Anything older than the tip is ignored. */
    void advanced(Anchor anchor) {
        if (anchor.height() <= state.rounds.tip().header().height()
                || anchor.viewIn(state.epoch.number()) == 0) {
            return;
        }
        state.changes++;
        moveTo(anchor);
        state.candidates.forgetExecutions();
        committed(anchor.height());
        state.view = Math.max(state.view, state.finalizedView);
        if (anchor.header().isBoundary()) {
            state.closed = true;
            state.safety.closeEpoch();
        }
    }
}
