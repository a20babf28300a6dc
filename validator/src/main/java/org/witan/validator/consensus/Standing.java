package org.witan.validator.consensus;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.peer.Peer;
import org.witan.validator.consensus.round.Round;
import org.witan.validator.consensus.round.Rounds;

/**
 * What the engine waits for, so that a person can be told.
 *
 * @param epoch number of the epoch
 * @param view current one
 * @param finalizedView view of the newest finalization, 0 at the epoch's start
 * @param finalizedHeight height of the newest committed block
 * @param finalizedHash its hash
 * @param leader of the current view
 * @param enteredMillis when the current view was entered
 * @param workExpected whether a block is due
 * @param proposalSeen whether the current view has an authentic proposal
 * @param votes by kind, who voted in the current view, ascending
 * @param quorum how many votes decide
 * @param missing members that were not heard from lately, ascending, never this node
 * @param mayVote whether this node votes
 * @param closed whether the epoch has ended
 * @param statuses the newest status of each member, by id
 */
public record Standing(
        long epoch,
        long view,
        long finalizedView,
        long finalizedHeight,
        Hash finalizedHash,
        NodeId leader,
        long enteredMillis,
        boolean workExpected,
        boolean proposalSeen,
        Map<VoteKind, List<NodeId>> votes,
        int quorum,
        List<NodeId> missing,
        boolean mayVote,
        boolean closed,
        Map<NodeId, Status> statuses) {
    private static final long MISSING_MILLIS = 4_000;

    static Standing of(EpochState state, boolean workExpected) {
        Rounds.Tip tip = state.rounds.tip();
        Optional<Round> round = state.rounds.known(state.view);
        Map<VoteKind, List<NodeId>> votes = new EnumMap<>(VoteKind.class);
        for (VoteKind kind : VoteKind.values()) {
            List<Integer> signers = round.map(r -> r.tally().signers(kind)).orElse(List.of());
            votes.put(kind, signers.stream().map(state::idOf).toList());
        }
        Map<NodeId, Status> statuses = new TreeMap<>();
        for (Peer peer : state.peers.validators()) {
            peer.status().ifPresent(status -> statuses.put(peer.id(), status));
        }
        return new Standing(
                state.epoch.number(),
                state.view,
                tip.view(),
                tip.header().height(),
                tip.hash(),
                state.leader(state.view),
                state.timeouts.enteredMillis(),
                workExpected,
                round.flatMap(Round::proposal).isPresent(),
                votes,
                state.epoch.quorum().size(),
                state.peers.missing(state.now, MISSING_MILLIS),
                state.votes(),
                state.closed,
                Collections.unmodifiableMap(statuses));
    }
}
