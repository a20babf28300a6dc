package org.witan.validator.consensus;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.round.Round;

/**
 * Casts own votes, counts those of all, makes certificates of them and keeps those of others: rule
 * R5, and the order of C11.
 */
final class Ballots {
    /** Up to this size of the set a certificate formed here is told to all (C12). */
    private static final int BROADCAST_UP_TO = 20;

    private final EpochState state;

    Ballots(EpochState state) {
        this.state = state;
    }

    /** Whether the signature of a vote holds. */
    boolean holds(Vote vote) {
        var voter = state.epoch.configuration().validators().get(vote.signer());
        return vote.isSignedBy(voter.key(), state.self.networkId(), state.verifier);
    }

    /** Votes to skip the current view, if that is allowed (R6). */
    void nullify(String reason) {
        state.safety
                .nullify(state.view)
                .ifPresent(vote -> {
                    state.report(Event.Kind.NULLIFIED, state.view, reason);
                    state.timeouts.repeatLater(state.now);
                    cast(vote);
                });
    }

    /** Persists and sends an own vote, and counts it. */
    void cast(Vote vote) {
        state.changes++;
        state.emit(new Effect.Persist(new StoreWrite.OwnVote(vote)));
        state.emit(new Effect.Broadcast(new Votes(List.of(vote))));
        count(vote);
    }

    /** Counts an own vote that was sent. */
    void count(Vote vote) {
        state.changes++;
        state.rounds.at(vote.ballot().view()).tally().put(vote, true);
        certify(vote.ballot());
    }

    /** Makes the certificate for this if there are enough votes (R5). */
    void certify(Ballot ballot) {
        Round round = state.rounds.at(ballot.view());
        if (round.has(ballot.kind())) {
            return;
        }
        boolean enough =
                round.tally()
                        .verify(ballot, state.safety.quorum(), this::holds, s -> blame(s, ballot));
        if (enough) {
            Certificate formed = round.tally().certificate(ballot, state.safety.quorum());
            keep(formed);
            tell(formed);
        }
    }

    /** A vote that came over its signer's own link does not hold. */
    void blame(int signer, Ballot ballot) {
        state.emit(
                new Effect.Punish(
                        state.idOf(signer), "vote that it did not sign in view " + ballot.view()));
    }

    private void tell(Certificate formed) {
        Certificates message = new Certificates(List.of(formed));
        if (state.epoch.configuration().validators().size() <= BROADCAST_UP_TO) {
            state.emit(new Effect.Broadcast(message));
        } else if (!state.leads(formed.ballot().view() + 1)) {
            state.emit(new Effect.Send(state.leader(formed.ballot().view() + 1), message));
        }
    }

    /**
     * Keeps a certificate that came from somebody, if it holds and is new (R5).
     *
     * @return whether the sender is to be believed further
     */
    boolean learn(Certificate certificate, NodeId from) {
        Ballot ballot = certificate.ballot();
        if (ballot.epoch() != state.epoch.number() || ballot.view() <= state.rounds.tip().view()) {
            return true;
        }
        if (state.rounds.known(ballot.view()).filter(r -> r.has(ballot.kind())).isPresent()) {
            return true;
        }
        Optional<String> problem =
                certificate.problem(state.epoch, state.self.networkId(), state.verifier);
        if (problem.isPresent()) {
            state.emit(new Effect.Punish(from, "bad certificate: " + problem.get()));
            return false;
        }
        if (certificate.signers().contains(state.index) && !state.safety.remembers(ballot)) {
            forgot(ballot);
        }
        keep(certificate);
        return true;
    }

    /** This node's signature stands under something it does not remember: it never votes again. */
    void forgot(Ballot ballot) {
        stop(ballot.view(), "a " + ballot.kind() + " of this node's key is not on its disk");
    }

    /** Votes never again. */
    void stop(long view, String reason) {
        if (state.safety.isTrusted()) {
            state.safety.stop();
            state.report(Event.Kind.STOPPED_VOTING, view, reason);
        }
    }

    private void keep(Certificate certificate) {
        state.emit(new Effect.Persist(new StoreWrite.Certified(certificate)));
        restore(certificate);
    }

    /** Keeps a certificate that is on the disk already. */
    void restore(Certificate certificate) {
        state.changes++;
        Ballot ballot = certificate.ballot();
        state.rounds.at(ballot.view()).keep(certificate, state.now);
        if (ballot.kind() != VoteKind.NULLIFY) {
            state.lastBlockMillis = Math.max(state.lastBlockMillis, state.now);
        }
        if (ballot.kind() == VoteKind.FINALIZE) {
            state.finalizedView = Math.max(state.finalizedView, ballot.view());
        }
    }
}
