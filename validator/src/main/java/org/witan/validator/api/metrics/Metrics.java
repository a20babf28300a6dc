package org.witan.validator.api.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.Counters;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.NodeSnapshot.LinkPhase;

/** All figures of one snapshot; the names are part of the interface. */
public final class Metrics {
    /** What {@link #text} is. */
    public static final String MEDIA_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final PrometheusTextFormatWriter WRITER =
            PrometheusTextFormatWriter.builder().build();

    private Metrics() {}

    /** The figures as text in UTF-8, each metric with its help. */
    public static byte[] text(NodeSnapshot node) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8 << 10);
        try {
            WRITER.write(out, of(node));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static MetricSnapshots of(NodeSnapshot node) {
        Figures figures = new Figures();
        consensus(figures, node);
        health(figures, node);
        peers(figures, node);
        work(figures, node);
        return figures.all();
    }

    private static void consensus(Figures figures, NodeSnapshot node) {
        figures.gauge("height", "Height of the last committed block.", node.tip().height());
        figures.gauge("view", "Current view of consensus.", node.round().view());
        figures.gauge("epoch", "Current epoch.", node.round().epoch());
        figures.gauge(
                "last_commit_timestamp_seconds",
                "When the last block was committed here.",
                node.tip().committedAtMillis() / 1000.0);
        figures.gauge(
                "work_expected",
                "1 while there is something to agree on.",
                node.round().workSinceAtMillis().isPresent() ? 1 : 0);
        Figures.Rows held = figures.gauge("votes_held", "Votes of the current view.", "kind");
        for (VoteKind kind : VoteKind.values()) {
            int votes =
                    node.round().votes().stream()
                            .filter(count -> count.kind() == kind)
                            .mapToInt(count -> count.held().size())
                            .sum();
            held.add(lower(kind), votes);
        }
    }

    private static void health(Figures figures, NodeSnapshot node) {
        var health = node.health();
        figures.gauge("validators", "Size of the validator set.", health.validators());
        figures.gauge("quorum_required", "Validators that decide.", health.quorum());
        figures.gauge("validators_in_sync", "Validators linked and at the tip.", health.inSync());
        figures.gauge(
                "quorum_margin", "Validators in sync minus those that decide.", health.margin());
        figures.gauge("ready", "1 if the node is ready.", health.ready() ? 1 : 0);
        figures.gauge("may_vote", "1 if the node signs votes.", health.mayVote() ? 1 : 0);
        Figures.Rows reasons =
                figures.gauge("not_ready", "1 for each reason of not being ready.", "reason");
        health.reasons().stream()
                .map(NodeSnapshot.NotReady::code)
                .distinct()
                .forEach(code -> reasons.add(code, 1));
        figures.info("build", "The program that runs.", "version", node.identity().build());
        figures.gauge(
                "start_timestamp_seconds",
                "When the process started.",
                node.identity().startedAtMillis() / 1000.0);
    }

    private static void peers(Figures figures, NodeSnapshot node) {
        figures.gauge(
                "peers_connected",
                "Links that are up.",
                node.links().stream().filter(link -> link.phase() == LinkPhase.UP).count());
        Figures.Rows up = figures.gauge("peer_up", "1 if the link to the peer is up.", "peer");
        Figures.Rows rtt =
                figures.gauge("peer_rtt_seconds", "Round trip of the last ping.", "peer");
        for (var link : node.links()) {
            up.add(link.peer().value(), link.phase() == LinkPhase.UP ? 1 : 0);
            link.rttMillis().ifPresent(millis -> rtt.add(link.peer().value(), millis / 1000));
        }
        Figures.Rows height =
                figures.gauge("peer_height", "Height that the peer reported.", "peer");
        NodeId self = node.identity().id();
        node.members().stream()
                .filter(member -> !member.id().equals(self))
                .forEach(m -> m.height().ifPresent(h -> height.add(m.id().value(), h)));
    }

    private static void work(Figures figures, NodeSnapshot node) {
        Counters counters = node.counters();
        figures.gauge("pool_transactions", "Waiting transactions.", node.pool().transactions());
        figures.gauge("pool_bytes", "Size of waiting transactions.", node.pool().sizeBytes());
        figures.counters(
                "transactions", "Transactions by result.", "result", counters.transactions());
        figures.counter(
                "accusations",
                "Members proven to have signed contradicting votes, by view.",
                counters.accusations());
        figures.counters(
                "handshake_failures",
                "Handshakes that failed.",
                "reason",
                counters.handshakeFailures());
        figures.histogram(
                "commit_interval_seconds", "Time between commits.", counters.commitSeconds());
        figures.histogram(
                "views_per_commit", "Views that a commit took.", counters.viewsPerCommit());
        figures.histogram(
                "store_sync_seconds",
                "Writes that wait for the disk.",
                counters.storeSyncSeconds());
        figures.gauge(
                "catchup_running",
                "1 while the node is behind and catches up.",
                node.catchup().running() ? 1 : 0);
        figures.gauge("catchup_target_height", "Greatest proven height.", node.catchup().target());
        figures.gauge(
                "catchup_blocks_per_second",
                "Recent rate of catching up.",
                node.catchup().blocksPerSecond());
        figures.counter(
                "catchup_blocks", "Blocks that came by catching up.", counters.catchupBlocks());
    }

    private static String lower(VoteKind kind) {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
