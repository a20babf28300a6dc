package org.witan.validator.node;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.block.Receipt;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.api.Counters;
import org.witan.validator.api.Distribution;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.link.LinkEvent;

/** What the node has counted since it started. Any thread counts and reads. */
final class Counting {
    private static final Logger LOG = LoggerFactory.getLogger("EVENT");
    private static final int MAX_REASONS = 32;

    private final NodeClock clock;
    private final Map<String, Long> transactions = new TreeMap<>();
    private final Map<String, Long> handshakeFailures = new TreeMap<>();
    private final Map<NodeId, Long> punished = new TreeMap<>();
    private final Map<NodeId, Long> overruns = new TreeMap<>();
    private Distribution commitSeconds = Distribution.ofSeconds();
    private Distribution viewsPerCommit = Distribution.ofCounts();
    private Distribution storeSyncSeconds = Distribution.ofSeconds();
    private long catchupBlocks;
    private long accusations;
    private long lastCommitMillis;
    private OptionalLong lastView = OptionalLong.empty();

    Counting(NodeClock clock) {
        this.clock = clock;
        lastCommitMillis = clock.startedMillis();
    }

    synchronized void answered(IntakeReply reply) {
        if (reply instanceof IntakeReply.Refused) {
            transactions.merge("refused", 1L, Long::sum);
        }
    }

    synchronized void committed(NodeEffect.Committed committed) {
        for (Receipt receipt : committed.receipts()) {
            boolean done = receipt.outcome() == Receipt.Outcome.DONE;
            transactions.merge(done ? "done" : "failed", 1L, Long::sum);
        }
        if (committed.fetched()) {
            catchupBlocks++;
            lastCommitMillis = clock.millis();
        } else {
            decided(committed.block().header().view());
        }
        lastView = OptionalLong.of(committed.block().header().view());
    }

    private void decided(long view) {
        long millis = clock.millis();
        commitSeconds = commitSeconds.plus((millis - lastCommitMillis) / 1000.0);
        lastCommitMillis = millis;
        // The first commit after a start, or of an epoch, has none before it to count from.
        if (lastView.isPresent() && view > lastView.getAsLong()) {
            viewsPerCommit = viewsPerCommit.plus(view - lastView.getAsLong());
        }
    }

    synchronized void accused() {
        accusations++;
    }

    synchronized void synced(long nanos) {
        storeSyncSeconds = storeSyncSeconds.plus(nanos / 1e9);
    }

    synchronized void link(LinkEvent event) {
        switch (event.kind()) {
            case LISTENING, REPLACED, DROPPED -> {}
            default -> {
                String reason = event.kind().name().toLowerCase(java.util.Locale.ROOT);
                if (handshakeFailures.containsKey(reason)
                        || handshakeFailures.size() < MAX_REASONS) {
                    handshakeFailures.merge(reason, 1L, Long::sum);
                }
            }
        }
    }

    /** A peer broke the rules: one line for it in ten seconds, however often it does. */
    synchronized void misbehaved(NodeId peer, String what) {
        if (isDue(punished, peer)) {
            LOG.warn("peer-misbehaved peer={} what=\"{}\"", peer, what);
        }
    }

    /** A peer's message found no room; no fault of its own. One line in ten seconds. */
    synchronized void overrun(NodeId peer) {
        if (isDue(overruns, peer)) {
            LOG.warn("peer-overrun peer={} what=\"sends more than this node can take\"", peer);
        }
    }

    private boolean isDue(Map<NodeId, Long> last, NodeId peer) {
        long millis = clock.millis();
        boolean due = millis - last.getOrDefault(peer, 0L) > 10_000;
        if (due) {
            last.put(peer, millis);
        }
        return due;
    }

    /** When the last block was committed, milliseconds since 1970. */
    synchronized long lastCommitMillis() {
        return lastCommitMillis;
    }

    synchronized Counters counters() {
        return new Counters(
                Map.copyOf(transactions),
                Map.copyOf(handshakeFailures),
                commitSeconds,
                viewsPerCommit,
                catchupBlocks,
                accusations,
                storeSyncSeconds);
    }
}
