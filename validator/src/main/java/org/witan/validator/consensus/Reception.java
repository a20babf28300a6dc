package org.witan.validator.consensus;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.peer.Peer;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Tally;

/**
 * Takes what others say: checks who may say it and how much of it is kept (rules R3, C13, C15), and
 * never throws whatever it is.
 */
final class Reception {
    /** How far ahead of the current view votes and proposals are kept. */
    static final int WINDOW = 8;

    /** How far ahead of the current view a proposal's block is kept. */
    static final int BODY_WINDOW = 2;

    /** Blocks behind others from which on catch-up is the right way to get them. */
    static final int MAX_BEHIND = 64;

    private final EpochState state;
    private final AntiEntropy antiEntropy;

    Reception(EpochState state, AntiEntropy antiEntropy) {
        this.state = state;
        this.antiEntropy = antiEntropy;
    }

    void take(NodeId from, ConsensusMessage message) {
        Optional<Peer> known = state.peers.heard(from, state.now);
        if (known.isEmpty()) {
            return;
        }
        Peer peer = known.get();
        switch (message) {
            case Status status -> antiEntropy.heard(peer, status);
            case GetCertificates get -> antiEntropy.serve(peer, get);
            case GetBlocks get -> antiEntropy.serve(peer, get);
            case Blocks blocks -> blocks.blocks().forEach(block -> block(from, block));
            case Proposal proposal ->
                    fromValidator(peer).ifPresent(i -> proposal(peer, i, proposal));
            case Votes votes ->
                    fromValidator(peer)
                            .ifPresent(i -> votes.votes().forEach(vote -> vote(peer, i, vote)));
            case Certificates certificates ->
                    fromValidator(peer).ifPresent(i -> learn(from, certificates.certificates()));
        }
    }

    private OptionalInt fromValidator(Peer peer) {
        return state.epoch.configuration().indexOf(peer.id());
    }

    private void learn(NodeId from, List<Certificate> certificates) {
        for (Certificate certificate : certificates) {
            if (!state.ballots.learn(certificate, from)) {
                return;
            }
        }
    }

    private void block(NodeId from, Block block) {
        if (!state.blocks.isWanted(block.hash())) {
            return;
        }
        if (!block.bodyMatches()) {
            state.emit(new Effect.Punish(from, "a body that is not the header's"));
            return;
        }
        state.changes++;
        state.candidates.add(block, state.now);
    }

    private void proposal(Peer peer, int sender, Proposal proposal) {
        Ballot ballot = proposal.vote().ballot();
        if (ballot.epoch() == state.epoch.number() + 1) {
            learn(peer.id(), proposal.justification());
        }
        if (ballot.epoch() != state.epoch.number()) {
            return;
        }
        if (!ballot.configHash().equals(state.epoch.configHash())
                || ballot.view() < 1
                || proposal.vote().signer() != sender
                || state.leaders.at(ballot.view()) != sender) {
            state.emit(new Effect.Punish(peer.id(), "a proposal that is not its to make"));
            return;
        }
        if (!proposal.isRepeated()) {
            block(peer.id(), proposal.block());
        }
        if (ballot.view() < state.view) {
            vote(peer, sender, proposal.vote());
            return;
        }
        if (!state.ballots.holds(proposal.vote())) {
            state.emit(new Effect.Punish(peer.id(), "a proposal that it did not sign"));
            return;
        }
        learn(peer.id(), proposal.justification());
        vote(peer, sender, proposal.vote());
        keep(peer.id(), proposal);
    }

    /** R3: the first authentic proposal of a view that is not far ahead is kept. */
    private void keep(NodeId leader, Proposal proposal) {
        long view = proposal.view();
        if (view < state.view || view > state.view + BODY_WINDOW) {
            return;
        }
        Round round = state.rounds.at(view);
        if (round.proposal().isPresent()) {
            return;
        }
        state.changes++;
        round.propose(proposal);
        Optional<String> problem = state.acceptance.problemOfForm(proposal, leader);
        if (problem.isPresent()) {
            round.refuse(problem.get());
            state.report(Event.Kind.REFUSED_PROPOSAL, view, problem.get());
        } else if (!proposal.isRepeated()) {
            state.candidates.add(proposal.block(), state.now);
        }
        if (view == state.view) {
            state.timeouts.sawProposal(state.now);
        }
    }

    private void vote(Peer peer, int sender, Vote vote) {
        Ballot ballot = vote.ballot();
        if (ballot.epoch() != state.epoch.number()
                || !ballot.configHash().equals(state.epoch.configHash())
                || ballot.view() < 1) {
            return;
        }
        if (vote.signer() == state.index) {
            shownOwn(peer, vote);
            return;
        }
        if (state.isOwnId(vote.signer())) {
            return; // Cast with the key that this node had before.
        }
        if (vote.signer() != sender) {
            state.emit(new Effect.Punish(peer.id(), "a vote of another member"));
            return;
        }
        if (ballot.view() <= state.rounds.tip().view()) {
            Optional<Tally> late =
                    state.rounds
                            .known(ballot.view())
                            .map(Round::tally)
                            .or(() -> state.archive.of(vote));
            late.ifPresent(tally -> accuse(peer, tally, vote));
        } else if (ballot.view() <= state.view + WINDOW) {
            count(peer, vote);
        }
        antiEntropy.remind(peer, ballot);
    }

    private void count(Peer peer, Vote vote) {
        Tally tally = state.rounds.at(vote.ballot().view()).tally();
        Optional<Vote> held = tally.held(vote.ballot().kind(), vote.signer());
        if (held.isPresent() && held.get().ballot().equals(vote.ballot())) {
            return;
        }
        accuse(peer, tally, vote);
        if (held.isPresent()) {
            if (state.ballots.holds(held.get())) {
                return;
            }
            state.emit(new Effect.Punish(peer.id(), "a vote that it did not sign"));
        }
        state.changes++;
        tally.put(vote, false);
        state.ballots.certify(vote.ballot());
    }

    /** E1 to E3: two votes of one member that no honest member signs, once for each view. */
    private void accuse(Peer peer, Tally tally, Vote vote) {
        if (tally.isAccused(vote.signer())) {
            return; // What is known already is not verified again, however often it comes.
        }
        VoteKind kind = vote.ballot().kind();
        Optional<Vote> other = tally.held(kind, vote.signer()).filter(v -> differs(v, vote));
        if (other.isEmpty() && kind != VoteKind.NOTARIZE) {
            VoteKind opposite = kind == VoteKind.NULLIFY ? VoteKind.FINALIZE : VoteKind.NULLIFY;
            other = tally.held(opposite, vote.signer());
        }
        if (other.isEmpty() || !state.ballots.holds(other.get())) {
            return;
        }
        if (!state.ballots.holds(vote)) {
            state.emit(new Effect.Punish(peer.id(), "a vote that it did not sign"));
            return;
        }
        tally.accuse(vote.signer());
        if (state.accusations.admit(vote.signer())) {
            state.emit(new Effect.Accuse(new Evidence(other.get(), vote)));
        }
    }

    private static boolean differs(Vote one, Vote other) {
        Hash hash = one.ballot().blockHash();
        return !hash.equals(other.ballot().blockHash());
    }

    /** Somebody shows this node a vote of its own key (C11, amnesia). */
    private void shownOwn(Peer peer, Vote vote) {
        if (!state.safety.isTrusted() || state.safety.remembers(vote.ballot())) {
            return;
        }
        if (state.ballots.holds(vote)) {
            state.ballots.forgot(vote.ballot());
        } else {
            state.emit(new Effect.Punish(peer.id(), "a vote that this node did not sign"));
        }
    }
}
