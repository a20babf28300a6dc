package org.witan.validator.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.NodeSnapshot.Catchup;
import org.witan.validator.api.NodeSnapshot.Health;
import org.witan.validator.api.NodeSnapshot.Identity;
import org.witan.validator.api.NodeSnapshot.LinkPhase;
import org.witan.validator.api.NodeSnapshot.LinkRow;
import org.witan.validator.api.NodeSnapshot.MemberRow;
import org.witan.validator.api.NodeSnapshot.NotReady;
import org.witan.validator.api.NodeSnapshot.Pool;
import org.witan.validator.api.NodeSnapshot.Report;
import org.witan.validator.api.NodeSnapshot.Round;
import org.witan.validator.api.NodeSnapshot.Tip;
import org.witan.validator.api.NodeSnapshot.VoteCount;

/** Snapshots of v1 among v1 to v4, changed one part at a time. */
public final class Snapshots {
    /** The moment at which these snapshots are looked at: 2026-01-12T10:42:07Z. */
    public static final long NOW = TestLedger.CREATED_MILLIS + 6_127_000;

    private Snapshots() {}

    /** All four in sync, nothing to decide, last block 5 s ago. */
    public static NodeSnapshot healthy(Founding founding, LedgerReader ledger) {
        var tip = ledger.tip();
        return new NodeSnapshot(
                new Identity(
                        v(1),
                        Role.VALIDATOR,
                        Optional.empty(),
                        founding.networkId(),
                        "amber-fox-lunar-pine-quartz-salt",
                        founding.name(),
                        "0.1.0",
                        2,
                        NOW - 3_600_000),
                new Tip(
                        tip.height(),
                        tip.hash(),
                        ledger.state().root(),
                        tip.header().timestampMillis(),
                        NOW - 5000),
                new Round(
                        1, 1, tip.height() + 1, v(2), NOW - 5000, OptionalLong.empty(), List.of()),
                new Health(4, 3, 4, true, List.of(), true, "", false, Optional.empty()),
                List.of(1, 2, 3, 4).stream().map(i -> member(i, tip.height())).toList(),
                List.of(up(2, 1), up(3, 1), up(4, 4)),
                List.of(new Report(v(2), NOW - 800, List.of(said(1), said(3), said(4)))),
                new Catchup(
                        "live", tip.height(), tip.height(), 0, 0, List.of(), OptionalLong.empty()),
                new Pool(2, 512),
                new Counters(
                        Map.of("done", 7L, "refused", 1L),
                        Map.of("PROTOCOL", 2L),
                        Distribution.ofSeconds().plus(0.03).plus(0.4),
                        Distribution.ofCounts().plus(1).plus(1),
                        12,
                        0,
                        Distribution.ofDiskSeconds().plus(0.004)));
    }

    /** The id of a number. */
    public static NodeId v(int number) {
        return TestLedger.id(number);
    }

    /** With this to decide since so long, and these votes. */
    public static NodeSnapshot standing(NodeSnapshot node, long millis, VoteCount... votes) {
        Round round =
                new Round(
                        node.round().epoch(),
                        node.round().protocolLevel(),
                        node.round().view(),
                        node.round().leader(),
                        NOW - millis,
                        OptionalLong.of(NOW - millis),
                        List.of(votes));
        Tip tip =
                new Tip(
                        node.tip().height(),
                        node.tip().headHash(),
                        node.tip().stateRoot(),
                        node.tip().timestampMillis(),
                        NOW - millis);
        return new NodeSnapshot(
                node.identity(),
                tip,
                round,
                node.health(),
                node.members(),
                node.links(),
                node.reports(),
                node.catchup(),
                node.pool(),
                node.counters());
    }

    /** The same node as somebody else. */
    public static NodeSnapshot with(NodeSnapshot node, Identity identity) {
        return new NodeSnapshot(
                identity,
                node.tip(),
                node.round(),
                node.health(),
                node.members(),
                node.links(),
                node.reports(),
                node.catchup(),
                node.pool(),
                node.counters());
    }

    /** Asked to leave the lead, and otherwise well. */
    public static NodeSnapshot draining(NodeSnapshot node) {
        Health health = node.health();
        return with(
                node,
                new Health(
                        health.validators(),
                        health.quorum(),
                        health.inSync(),
                        false,
                        health.reasons(),
                        health.mayVote(),
                        health.mayVoteReason(),
                        true,
                        health.halted()));
    }

    /** With other health. */
    public static NodeSnapshot with(NodeSnapshot node, Health health) {
        return new NodeSnapshot(
                node.identity(),
                node.tip(),
                node.round(),
                health,
                node.members(),
                node.links(),
                node.reports(),
                node.catchup(),
                node.pool(),
                node.counters());
    }

    /** With another state of catching up. */
    public static NodeSnapshot with(NodeSnapshot node, Catchup catchup) {
        return new NodeSnapshot(
                node.identity(),
                node.tip(),
                node.round(),
                node.health(),
                node.members(),
                node.links(),
                node.reports(),
                catchup,
                node.pool(),
                node.counters());
    }

    /** With these members unreachable since a minute. */
    public static NodeSnapshot unreachable(NodeSnapshot node, NodeId... ids) {
        List<NodeId> gone = List.of(ids);
        List<LinkRow> links =
                node.links().stream()
                        .map(row -> gone.contains(row.peer()) ? down(row.peer()) : row)
                        .toList();
        List<MemberRow> members =
                node.members().stream()
                        .map(row -> gone.contains(row.id()) ? at(row, false, row.height()) : row)
                        .toList();
        Health old = node.health();
        int inSync = old.inSync() - gone.size();
        boolean ready = inSync >= old.quorum();
        Health health =
                new Health(
                        old.validators(),
                        old.quorum(),
                        inSync,
                        ready,
                        ready
                                ? List.of()
                                : List.of(
                                        new NotReady(
                                                "BELOW_QUORUM", inSync + " in sync, 3 must agree")),
                        true,
                        "",
                        false,
                        Optional.empty());
        return new NodeSnapshot(
                node.identity(),
                node.tip(),
                node.round(),
                health,
                members,
                links,
                node.reports(),
                node.catchup(),
                node.pool(),
                node.counters());
    }

    /** With one member linked but at a lower height. */
    public static NodeSnapshot behind(NodeSnapshot node, NodeId id, long height) {
        List<MemberRow> members =
                node.members().stream()
                        .map(row ->
                                row.id().equals(id) ? at(row, false, OptionalLong.of(height)) : row)
                        .toList();
        return new NodeSnapshot(
                node.identity(),
                node.tip(),
                node.round(),
                node.health(),
                members,
                node.links(),
                node.reports(),
                node.catchup(),
                node.pool(),
                node.counters());
    }

    /** Votes of a kind by these, missing from the others of four. */
    public static VoteCount votes(VoteKind kind, Integer... held) {
        List<Integer> have = List.of(held);
        return new VoteCount(
                kind,
                have.stream().map(Snapshots::v).toList(),
                List.of(1, 2, 3, 4).stream()
                        .filter(i -> !have.contains(i))
                        .map(Snapshots::v)
                        .toList());
    }

    private static MemberRow at(MemberRow row, boolean inSync, OptionalLong height) {
        return new MemberRow(
                row.id(),
                row.organisation(),
                row.role(),
                row.status(),
                row.endpoints(),
                inSync,
                height,
                row.heardAtMillis(),
                row.build());
    }

    private static MemberRow member(int number, long height) {
        return new MemberRow(
                v(number),
                new NodeId("org" + number),
                Role.VALIDATOR,
                Member.Status.ACTIVE,
                List.of(new Endpoint("127.0.0.1", 7400 + number)),
                true,
                OptionalLong.of(height),
                OptionalLong.of(NOW - 300),
                number == 4 ? Optional.empty() : Optional.of("0.1.0"));
    }

    private static LinkRow up(int peer, int openedBy) {
        return new LinkRow(
                v(peer),
                LinkPhase.UP,
                Optional.of(v(openedBy)),
                OptionalDouble.of(0.25),
                NOW - 60_000,
                "");
    }

    /** What others report says less. */
    private static LinkRow said(int peer) {
        return new LinkRow(v(peer), LinkPhase.UP, Optional.empty(), OptionalDouble.of(1), 0, "");
    }

    private static LinkRow down(NodeId peer) {
        return new LinkRow(
                peer,
                LinkPhase.WAITING,
                Optional.of(peer),
                OptionalDouble.empty(),
                NOW - 60_000,
                "connection refused");
    }
}
