package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.consensus.message.Status;

/** Who is linked, and what the others last said of themselves. */
final class Peers {
    /** A status older than this says nothing about now. */
    private static final long FRESH_MILLIS = 5_000;

    /** So many heights behind ours, at the moment it spoke, still counts as at the tip. */
    private static final long NEAR_HEIGHTS = 16;

    private final NodeId self;
    private final TreeSet<NodeId> linked = new TreeSet<>();
    private final Map<NodeId, Heard> heard = new TreeMap<>();

    Peers(NodeId self) {
        this.self = self;
    }

    private record Heard(Status status, long atMillis, long lag) {}

    /** The link to a member came up or went down. */
    void linked(NodeId peer, boolean up) {
        if (up) {
            linked.add(peer);
        } else {
            linked.remove(peer);
            heard.remove(peer);
        }
    }

    /** A member says where it stands. */
    void heard(NodeId peer, Status status, long ownHeight, long nowMillis) {
        long lag = Math.max(0, ownHeight - status.finalizedHeight());
        heard.put(peer, new Heard(status, nowMillis, lag));
    }

    /** Validators of the epoch that this node can reach, itself included, ascending. */
    List<NodeId> reachable(Epoch epoch) {
        List<NodeId> reachable = new ArrayList<>();
        for (Validator validator : epoch.configuration().validators()) {
            if (validator.id().equals(self) || linked.contains(validator.id())) {
                reachable.add(validator.id());
            }
        }
        return reachable;
    }

    /** What is known of each other validator of the epoch, ascending. */
    List<NodeView.Peer> rows(Epoch epoch, long nowMillis) {
        List<NodeView.Peer> rows = new ArrayList<>();
        for (Validator validator : epoch.configuration().validators()) {
            if (!validator.id().equals(self)) {
                rows.add(row(validator.id(), nowMillis));
            }
        }
        return rows;
    }

    private NodeView.Peer row(NodeId id, long nowMillis) {
        boolean up = linked.contains(id);
        Heard last = heard.get(id);
        if (last == null) {
            return new NodeView.Peer(id, up, false, Optional.empty(), 0);
        }
        boolean fresh = nowMillis - last.atMillis < FRESH_MILLIS;
        boolean inSync = up && fresh && last.lag <= NEAR_HEIGHTS && last.status.voting();
        return new NodeView.Peer(id, up, inSync, Optional.of(last.status), last.atMillis);
    }
}
