package org.witan.validator.consensus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.GetCertificates;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.peer.Peer;
import org.witan.validator.consensus.peer.Rhythm;
import org.witan.validator.consensus.round.Candidate;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Rounds;

/** Tells others what they lack by what they say of themselves, without acknowledgements: C12. */
final class AntiEntropy {
    /** Versions of the protocol that this code speaks. */
    static final Status.ProtocolRange PROTOCOL = new Status.ProtocolRange(1, 1);

    private static final int MAX_ANSWER = 64;

    private final EpochState state;
    private final Proposer proposer;
    private final Rhythm rhythm;
    private LinkRow links = LinkRow.NONE;

    AntiEntropy(EpochState state, Proposer proposer) {
        this.state = state;
        this.proposer = proposer;
        rhythm = new Rhythm(state.index);
    }

    long wakeAt() {
        return rhythm.dueMillis(state.now, proposer.isViewAlive());
    }

    void links(LinkRow row) {
        links = row;
    }

    /** Says how this node stands, if it is time. */
    void timePassed() {
        if (wakeAt() <= state.now) {
            state.emit(new Effect.Broadcast(status()));
            rhythm.said(state.now);
        }
    }

    /** This node moved on by catching up: the others shall count on it soon. */
    void hurry() {
        rhythm.hurry(state.now + state.timeouts.delta());
    }

    /** A link came up: both sides say how they stand. */
    void greet(NodeId peer) {
        state.emit(new Effect.Send(peer, status()));
    }

    private Status status() {
        Rounds.Tip tip = state.rounds.tip();
        BitSet notarized = new BitSet();
        BitSet nullified = new BitSet();
        for (Round round : state.rounds.above(tip.view())) {
            long bit = round.view() - tip.view() - 1;
            if (bit < Status.WINDOW) {
                notarized.set((int) bit, round.foundation().isPresent());
                nullified.set((int) bit, round.has(VoteKind.NULLIFY));
            }
        }
        return new Status(
                state.epoch.number(),
                state.view,
                tip.view(),
                tip.header().height(),
                tip.hash(),
                new Status.Held(notarized, nullified),
                rhythm.isStarting(state.now),
                state.draining,
                state.safety.isTrusted() && !state.isFarBehind(),
                PROTOCOL,
                links);
    }

    /** A node says how it stands. */
    void heard(Peer peer, Status status) {
        boolean validator = state.epoch.configuration().indexOf(peer.id()).isPresent();
        if (validator) {
            state.peers.status(peer, status);
        }
        if (status.epoch() != state.epoch.number()) {
            heardOfOtherEpoch(peer, status, validator);
            return;
        }
        if (validator
                && status.finalizedHeight()
                        > state.rounds.tip().header().height() + Reception.MAX_BEHIND) {
            state.emit(new Effect.Behind(peer.id(), status.finalizedHeight()));
        }
        if (status.starting() && validator) {
            remember(peer.id());
            if (peer.isFirstAsked()) {
                greet(peer.id());
            }
        }
        if (peer.mayBeAnswered(state.now, state.timeouts.delta() / 2)) {
            answer(peer.id(), status);
        }
    }

    private void heardOfOtherEpoch(Peer peer, Status status, boolean validator) {
        if (status.epoch() > state.epoch.number()) {
            if (validator) {
                state.emit(new Effect.Behind(peer.id(), status.finalizedHeight()));
            }
        } else if (peer.mayBeAnswered(state.now, state.timeouts.delta() / 2)) {
            state.rounds
                    .tip()
                    .finalization()
                    .filter(f -> f.ballot().epoch() == status.epoch())
                    .ifPresent(f -> send(peer.id(), List.of(f)));
        }
    }

    /** A node that has just started is told its own votes: it must know them all (C11). */
    private void remember(NodeId peer) {
        int index = state.epoch.configuration().indexOf(peer).orElseThrow();
        List<Vote> votes = new ArrayList<>();
        for (Round round : state.rounds.above(state.rounds.tip().view())) {
            for (VoteKind kind : VoteKind.values()) {
                round.tally().held(kind, index).ifPresent(votes::add);
            }
        }
        sendVotes(peer, votes);
    }

    /** The five things of C12, oldest first, within one message of each kind. */
    private void answer(NodeId peer, Status theirs) {
        List<Certificate> certificates = new ArrayList<>();
        if (theirs.finalizedView() < state.rounds.tip().view()) {
            state.rounds.tip().finalization().ifPresent(certificates::add);
        }
        List<Vote> votes = new ArrayList<>();
        long from = Math.max(theirs.finalizedView(), state.rounds.tip().view());
        for (Round round : state.rounds.above(from)) {
            lacking(round, theirs, certificates);
            lackingVotes(round.view(), theirs, votes);
        }
        send(peer, certificates);
        sendVotes(peer, votes);
        if (theirs.view() > state.rounds.tip().view()) {
            proposer.proposed(theirs.view())
                    .ifPresent(proposal -> state.emit(new Effect.Send(peer, proposal)));
        }
    }

    private static boolean has(BitSet bits, long view, Status theirs) {
        long bit = view - theirs.finalizedView() - 1;
        return bit >= 0 && bit < Status.WINDOW && bits.get((int) bit);
    }

    private static void lacking(Round round, Status theirs, List<Certificate> certificates) {
        for (Certificate certificate : round.certificates()) {
            boolean held =
                    switch (certificate.ballot().kind()) {
                        case NOTARIZE -> has(theirs.held().notarized(), round.view(), theirs);
                        case NULLIFY -> has(theirs.held().nullified(), round.view(), theirs);
                        case FINALIZE -> round.view() <= theirs.finalizedView();
                    };
            if (!held) {
                certificates.add(certificate);
            }
        }
    }

    private void lackingVotes(long view, Status theirs, List<Vote> votes) {
        boolean certified =
                has(theirs.held().notarized(), view, theirs)
                        || has(theirs.held().nullified(), view, theirs);
        for (Vote vote : state.safety.mine(view).all()) {
            boolean wanted = view < state.view || proposer.isViewAlive();
            if (vote.ballot().kind() == VoteKind.FINALIZE || !certified && wanted) {
                votes.add(vote);
            }
        }
    }

    /** Somebody voted in a view that this node left: it lacks that view's certificate. */
    void remind(Peer peer, Ballot late) {
        if (late.kind() == VoteKind.FINALIZE
                || late.view() >= state.view
                || !isOld(late.view())
                || !peer.mayBeReminded(state.now, state.timeouts.delta() / 2)) {
            return;
        }
        List<Certificate> certificates = new ArrayList<>();
        state.rounds
                .known(late.view())
                .ifPresent(round -> round.certificates().forEach(certificates::add));
        if (certificates.isEmpty()) {
            state.rounds.tip().finalization().ifPresent(certificates::add);
        }
        send(peer.id(), certificates);
    }

    /** Whether the certificates of a view are not still on their way to everybody. */
    private boolean isOld(long view) {
        Optional<Round> round = state.rounds.known(view);
        if (round.isEmpty()) {
            return true;
        }
        long since = Long.MAX_VALUE;
        for (VoteKind kind : VoteKind.values()) {
            since = Math.min(since, round.get().heldSinceMillis(kind));
        }
        return since != Long.MAX_VALUE && since + state.timeouts.delta() <= state.now;
    }

    /** Answers a request for certificates. */
    void serve(Peer peer, GetCertificates get) {
        if (!peer.mayAsk(state.now)) {
            return;
        }
        List<Certificate> certificates = new ArrayList<>();
        boolean below = get.epoch() < state.epoch.number();
        if (get.epoch() == state.epoch.number()) {
            for (long view : get.views()) {
                state.rounds
                        .known(view)
                        .ifPresent(round -> round.certificates().forEach(certificates::add));
                below |= view <= state.rounds.tip().view();
            }
        }
        if (below) {
            state.rounds.tip().finalization().ifPresent(certificates::addFirst);
        }
        send(peer.id(), certificates);
    }

    /** Answers a request for blocks; those that are committed are in the store. */
    void serve(Peer peer, GetBlocks get) {
        if (!peer.mayAsk(state.now)) {
            return;
        }
        List<Block> held = new ArrayList<>();
        List<Hash> elsewhere = new ArrayList<>();
        int bytes = 0;
        for (Hash hash : get.hashes()) {
            Optional<Block> block = state.candidates.get(hash).map(Candidate::block);
            if (block.isEmpty()) {
                elsewhere.add(hash);
            } else if (held.isEmpty()
                    || bytes + block.get().header().bodyBytes() <= Blocks.SOFT_LIMIT_BYTES) {
                bytes += block.get().header().bodyBytes();
                held.add(block.get());
            }
        }
        if (!held.isEmpty()) {
            state.emit(new Effect.Send(peer.id(), new Blocks(held)));
        }
        if (!elsewhere.isEmpty()) {
            state.emit(new Effect.ServeBlocks(peer.id(), elsewhere));
        }
    }

    private void send(NodeId peer, List<Certificate> certificates) {
        if (!certificates.isEmpty()) {
            int most = Math.min(MAX_ANSWER, certificates.size());
            List<Certificate> some = List.copyOf(certificates.subList(0, most));
            state.emit(new Effect.Send(peer, new Certificates(some)));
        }
    }

    private void sendVotes(NodeId peer, List<Vote> votes) {
        if (!votes.isEmpty()) {
            int most = Math.min(Votes.MAX, votes.size());
            state.emit(new Effect.Send(peer, new Votes(List.copyOf(votes.subList(0, most)))));
        }
    }
}
