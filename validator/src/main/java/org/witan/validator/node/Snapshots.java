package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Validator;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.consensus.Standing;
import org.witan.validator.consensus.message.LinkRow;
import org.witan.validator.core.NodeView;
import org.witan.validator.link.LinkState;
import org.witan.validator.node.epoch.LedgerMembers;
import org.witan.validator.node.epoch.MemberWatch;

/** Puts what the core, the links and the counters say into one snapshot for the API. Any thread. */
final class Snapshots {
    private final NodeSnapshot.Identity identity;
    private final MemberWatch watch;
    private final PublicKey key;
    private final Counting counting;

    Snapshots(NodeParts parts) {
        identity = parts.snapshotIdentity();
        watch = parts.members();
        key = parts.self().signer().publicKey();
        counting = parts.counting();
    }

    /** What the node outside of the core contributes. */
    record Surroundings(
            List<LinkState> links, Map<NodeId, String> builds, String hindrance, String halted) {}

    NodeSnapshot of(Publisher.Published published, Surroundings around) {
        NodeView view = published.view();
        NodeSnapshot.Health health = health(view, around);
        return new NodeSnapshot(
                known(),
                new NodeSnapshot.Tip(
                        view.tip().height(),
                        view.tipHash(),
                        view.tip().stateRoot(),
                        view.tip().timestampMillis(),
                        counting.lastCommitMillis()),
                round(view, published.workSinceMillis()),
                health,
                members(view, around),
                around.links().stream().map(Snapshots::link).toList(),
                reports(view),
                catchup(view),
                new NodeSnapshot.Pool(view.poolTransactions(), view.poolBytes()),
                counting.counters());
    }

    private NodeSnapshot.Identity known() {
        LedgerMembers members = watch.members();
        Role role = members.find(identity.id()).map(Member::role).orElse(identity.role());
        return identity.known(role, members.strangeness(identity.id(), key));
    }

    private static NodeSnapshot.Round round(NodeView view, long workSinceMillis) {
        Standing standing = view.standing();
        List<NodeSnapshot.VoteCount> votes = new ArrayList<>();
        for (VoteKind kind : VoteKind.values()) {
            List<NodeId> held = standing.votes().getOrDefault(kind, List.of());
            if (!held.isEmpty()) {
                List<NodeId> missing =
                        view.epoch().configuration().validators().stream()
                                .map(Validator::id)
                                .filter(id -> !held.contains(id))
                                .toList();
                votes.add(new NodeSnapshot.VoteCount(kind, held, missing));
            }
        }
        return new NodeSnapshot.Round(
                standing.epoch(),
                view.epoch().configuration().protocolLevel(),
                standing.view(),
                standing.leader(),
                standing.enteredMillis(),
                workSinceMillis > 0 ? OptionalLong.of(workSinceMillis) : OptionalLong.empty(),
                votes);
    }

    private NodeSnapshot.Health health(NodeView view, Surroundings around) {
        int quorum = view.epoch().quorum().size();
        int validators = view.epoch().configuration().validators().size();
        boolean isValidator = view.epoch().configuration().indexOf(identity.id()).isPresent();
        Optional<String> stranger = known().stranger();
        boolean mayVote = view.standing().mayVote() && isValidator && stranger.isEmpty();
        int inSync = mayVote && isInSync(view) ? 1 : 0;
        inSync += (int) view.peers().stream().filter(NodeView.Peer::inSync).count();
        List<NodeSnapshot.NotReady> reasons = reasons(view, around, stranger, inSync);
        return new NodeSnapshot.Health(
                validators,
                quorum,
                inSync,
                reasons.isEmpty(),
                reasons,
                mayVote,
                mayVote ? "" : stranger.orElseGet(() -> silence(view, around, isValidator)),
                view.draining(),
                around.halted().isEmpty() ? Optional.empty() : Optional.of(around.halted()));
    }

    private static String silence(NodeView view, Surroundings around, boolean isValidator) {
        if (!isValidator) {
            return "it is no validator of epoch " + view.epoch().number();
        }
        String known = view.votingStopped().isEmpty() ? around.hindrance() : view.votingStopped();
        return known.isEmpty()
                ? "it has not asked enough other validators yet what its key has signed"
                : known;
    }

    /** Whether this node counts for the quorum. */
    private static boolean isInSync(NodeView view) {
        return !view.behind() && view.standing().mayVote();
    }

    /** A member that does not vote is in sync when it has what the others have. */
    private static boolean isInSync(Member self, NodeView view) {
        return self.role() == Role.VALIDATOR ? isInSync(view) : !view.behind();
    }

    private static List<NodeSnapshot.NotReady> reasons(
            NodeView view, Surroundings around, Optional<String> stranger, int inSync) {
        List<NodeSnapshot.NotReady> reasons = new ArrayList<>();
        if (!around.halted().isEmpty()) {
            reasons.add(new NodeSnapshot.NotReady("HALTED", around.halted()));
        }
        stranger.ifPresent(why -> reasons.add(new NodeSnapshot.NotReady("NO_MEMBER", why)));
        if (view.behind()) {
            reasons.add(
                    new NodeSnapshot.NotReady(
                            "CATCHING_UP",
                            "at height %d of %d"
                                    .formatted(view.catchup().height(), view.catchup().target())));
        }
        if (view.draining()) {
            reasons.add(
                    new NodeSnapshot.NotReady(
                            "DRAINING", "its operator asked it to leave the work to others"));
        }
        int quorum = view.epoch().quorum().size();
        if (!view.lowSpace().isEmpty()) {
            reasons.add(new NodeSnapshot.NotReady("STORAGE_LOW", view.lowSpace()));
        }
        if (inSync < quorum) {
            reasons.add(
                    new NodeSnapshot.NotReady(
                            "BELOW_QUORUM",
                            "%d of %d validators are in sync, %d must agree"
                                    .formatted(
                                            inSync,
                                            view.epoch().configuration().validators().size(),
                                            quorum)));
        }
        return reasons;
    }

    private List<NodeSnapshot.MemberRow> members(NodeView view, Surroundings around) {
        List<NodeSnapshot.MemberRow> rows = new ArrayList<>();
        for (Member member : watch.members().members()) {
            boolean self = member.id().equals(identity.id());
            Optional<NodeView.Peer> peer =
                    view.peers().stream().filter(p -> p.id().equals(member.id())).findFirst();
            OptionalLong height =
                    self
                            ? OptionalLong.of(view.tip().height())
                            : peer.flatMap(NodeView.Peer::status)
                                    .map(s -> OptionalLong.of(s.finalizedHeight()))
                                    .orElse(OptionalLong.empty());
            OptionalLong heard =
                    peer.filter(p -> p.heardMillis() > 0)
                            .map(p -> OptionalLong.of(p.heardMillis()))
                            .orElse(OptionalLong.empty());
            rows.add(
                    new NodeSnapshot.MemberRow(
                            member.id(),
                            member.organisation(),
                            member.role(),
                            member.status(),
                            member.endpoints(),
                            self
                                    ? isInSync(member, view)
                                    : peer.map(NodeView.Peer::inSync).orElse(false),
                            height,
                            heard,
                            Optional.ofNullable(
                                    self ? identity.build() : around.builds().get(member.id()))));
        }
        return rows;
    }

    private static NodeSnapshot.LinkRow link(LinkState state) {
        return new NodeSnapshot.LinkRow(
                state.peer(),
                NodeSnapshot.LinkPhase.valueOf(state.state().name()),
                state.openedBy(),
                state.rttMillis(),
                state.sinceMillis(),
                state.lastError());
    }

    private static List<NodeSnapshot.Report> reports(NodeView view) {
        List<NodeId> order =
                view.epoch().configuration().validators().stream().map(Validator::id).toList();
        List<NodeSnapshot.Report> reports = new ArrayList<>();
        for (NodeView.Peer peer : view.peers()) {
            peer.status()
                    .ifPresent(status ->
                            reports.add(
                                    new NodeSnapshot.Report(
                                            peer.id(),
                                            peer.heardMillis(),
                                            reported(peer.id(), status.links(), order))));
        }
        return reports;
    }

    private static List<NodeSnapshot.LinkRow> reported(
            NodeId from, LinkRow row, List<NodeId> order) {
        List<NodeSnapshot.LinkRow> links = new ArrayList<>();
        for (int i = 0; i < Math.min(order.size(), row.roundTripsMillis().size()); i++) {
            if (!order.get(i).equals(from)) {
                links.add(reported(order.get(i), row.roundTripsMillis().get(i)));
            }
        }
        return links;
    }

    private static NodeSnapshot.LinkRow reported(NodeId peer, int roundTrip) {
        boolean up = roundTrip != LinkRow.DOWN;
        return new NodeSnapshot.LinkRow(
                peer,
                up ? NodeSnapshot.LinkPhase.UP : NodeSnapshot.LinkPhase.DOWN,
                Optional.empty(),
                up && roundTrip != LinkRow.UNKNOWN
                        ? OptionalDouble.of(roundTrip)
                        : OptionalDouble.empty(),
                0,
                "");
    }

    private static NodeSnapshot.Catchup catchup(NodeView view) {
        var progress = view.catchup();
        return new NodeSnapshot.Catchup(
                view.behind() ? "ranges" : "live",
                view.tip().height(),
                Math.max(progress.target(), view.tip().height()),
                progress.blocksPerSecond(),
                progress.bytesPerSecond(),
                progress.sources(),
                progress.etaMillis().isPresent()
                        ? OptionalLong.of((progress.etaMillis().getAsLong() + 999) / 1000)
                        : OptionalLong.empty());
    }

    /** Who a node is, for its snapshots. */
    static NodeSnapshot.Identity identity(
            NodeSettings settings, Founding founding, String words, long startedMillis) {
        return new NodeSnapshot.Identity(
                settings.id(),
                settings.role(),
                Optional.empty(),
                founding.networkId(),
                words,
                founding.name(),
                settings.build(),
                settings.greatestLevel(),
                startedMillis);
    }
}
