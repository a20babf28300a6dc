package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.NodeView;
import org.witan.validator.core.PeerLink;
import org.witan.validator.link.LinkState;
import org.witan.validator.link.Links;
import org.witan.validator.node.status.ProgressLog;

/**
 * Publishes what the node can say of itself, at most a hundred times a second, and tells the core
 * about the node's own links.
 *
 * <p>Threads: the node loop publishes, any thread reads.
 */
final class Publisher {
    private static final long PAUSE_MILLIS = 10;
    private static final long MESH_MILLIS = 1_000;

    /** Round trips alone are told this often at most. */
    private static final long MESH_REPEAT_MILLIS = 10_000;

    private static final Logger STATUS = LoggerFactory.getLogger("STATUS");

    private final ProgressLog progress = new ProgressLog(STATUS::info);
    private final NodeClock clock;
    private final Counting counting;
    private final Links links;
    private volatile Published published;
    private long publishedMillis;
    private boolean stale;
    private List<PeerLink> mesh = List.of();
    private long meshMillis;
    private long meshToldMillis;

    Publisher(NodeClock clock, Counting counting, Links links, NodeView first) {
        this.clock = clock;
        this.counting = counting;
        this.links = links;
        published = new Published(first, 0);
    }

    /**
     * What is published.
     *
     * @param view what the core says
     * @param workSinceMillis since when a block is due that did not come; 0 if none is
     */
    record Published(NodeView view, long workSinceMillis) {}

    /** What was published last. */
    Published last() {
        return published;
    }

    /** A turn ended. */
    void turn(Node core, boolean changed) {
        stale |= changed;
        long now = clock.millis();
        if (stale && now - publishedMillis >= PAUSE_MILLIS) {
            publish(core.view(), now);
            publishedMillis = now;
            stale = false;
        }
        progress.look(now, published.view().catchup());
    }

    private void publish(NodeView view, long nowMillis) {
        long since = published.workSinceMillis();
        if (!view.standing().workExpected()) {
            since = 0;
        } else if (since == 0 || view.tip().height() > published.view().tip().height()) {
            since = nowMillis;
        }
        published = new Published(view, since);
    }

    /** When {@link #turn} wants to be called again at the latest. */
    long wakeAtMillis() {
        return stale ? publishedMillis + PAUSE_MILLIS : meshMillis + MESH_MILLIS;
    }

    /** The node's links for the others to show, when it is time to tell. */
    Optional<NodeInput> mesh() {
        long now = clock.millis();
        if (now - meshMillis < MESH_MILLIS) {
            return Optional.empty();
        }
        meshMillis = now;
        List<PeerLink> row = new ArrayList<>();
        for (LinkState state : links.states()) {
            boolean up = state.state() == LinkState.State.UP;
            row.add(new PeerLink(state.peer(), up, (int) state.rttMillis().orElse(0)));
        }
        if (upOnly(row).equals(upOnly(mesh)) && now - meshToldMillis < MESH_REPEAT_MILLIS) {
            return Optional.empty();
        }
        mesh = row;
        meshToldMillis = now;
        return Optional.of(new NodeInput.Mesh(row));
    }

    private static List<PeerLink> upOnly(List<PeerLink> row) {
        return row.stream().map(link -> new PeerLink(link.peer(), link.up(), 0)).toList();
    }

    /** A write waited so long for the disk. */
    void synced(long nanos) {
        counting.synced(nanos);
    }
}
