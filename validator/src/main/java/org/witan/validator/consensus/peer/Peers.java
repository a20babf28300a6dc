package org.witan.validator.consensus.peer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.consensus.message.Status;

/** The validators of the epoch but this node, and a bounded number of other nodes. */
public final class Peers {
    /** Other nodes than validators that are served at a time. */
    private static final int MAX_OTHERS = 1024;

    private static final long NEVER = Long.MAX_VALUE;

    private final Epoch epoch;
    private final NodeId self;
    private final TreeMap<NodeId, Peer> byId = new TreeMap<>();
    private final List<Peer> validators = new ArrayList<>();
    private long provenHeight;

    /** Nothing is known of anybody yet. */
    public Peers(Epoch epoch, NodeId self) {
        this.epoch = epoch;
        this.self = self;
        for (Validator validator : epoch.configuration().validators()) {
            if (!validator.id().equals(self)) {
                Peer peer = new Peer(validator.id(), 0);
                byId.put(validator.id(), peer);
                validators.add(peer);
            }
        }
    }

    /** This node begins to listen: silence counts from now on. */
    public void start(long nowMillis) {
        validators.forEach(peer -> peer.heard(nowMillis));
    }

    /** The validators but this node, ascending by id. */
    public List<Peer> validators() {
        return Collections.unmodifiableList(validators);
    }

    /** A node from which something came; empty for this node and for one too many. */
    public Optional<Peer> heard(NodeId id, long nowMillis) {
        Peer peer = byId.get(id);
        if (peer == null) {
            if (id.equals(self) || byId.size() - validators.size() >= MAX_OTHERS) {
                return Optional.empty();
            }
            peer = new Peer(id, nowMillis);
            byId.put(id, peer);
        }
        peer.heard(nowMillis);
        return Optional.of(peer);
    }

    /** The link to a node came up or went down; who is no validator is forgotten then. */
    public void link(NodeId id, boolean up, long nowMillis) {
        if (!up && epoch.configuration().indexOf(id).isEmpty()) {
            byId.remove(id);
        } else if (up) {
            heard(id, nowMillis).ifPresent(peer -> peer.link(true, nowMillis));
        } else if (byId.containsKey(id)) {
            get(id).ifPresent(peer -> peer.link(false, nowMillis));
        }
    }

    /** What is known of a node. */
    public Optional<Peer> get(NodeId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Since when, or from when on if nothing comes from it, a validator counts as absent (C6); the
     * greatest number if it does not, because without a quorum of others nobody is to blame.
     */
    public long absentFromMillis(NodeId id, long nowMillis) {
        Peer peer = byId.get(id);
        if (peer == null) {
            return NEVER;
        }
        long delta = epoch.configuration().rules().networkDelayMillis();
        long silence = Math.max(3_000, 10 * delta);
        if (peer.status().filter(s -> s.draining() || !s.voting()).isPresent()) {
            return 0;
        }
        int heard = 0;
        for (Peer other : validators) {
            heard += !other.isDown() && other.heardMillis() + silence > nowMillis ? 1 : 0;
        }
        if (heard + 1 < epoch.quorum().size()) {
            return NEVER;
        }
        long lost = peer.downSinceMillis() == NEVER ? NEVER : peer.downSinceMillis() + delta;
        return Math.min(lost, peer.heardMillis() + silence);
    }

    /** A validator says where it stands. */
    public void status(Peer validator, Status status) {
        validator.status(status);
        int needed = epoch.quorum().oneHonest();
        List<Long> heights =
                validators.stream()
                        .flatMap(peer -> peer.status().stream())
                        .map(Status::finalizedHeight)
                        .sorted(Collections.reverseOrder())
                        .toList();
        provenHeight = heights.size() < needed ? 0 : heights.get(needed - 1);
    }

    /** How many validators have said something since they could know that this node asks. */
    public int answered() {
        return (int) validators.stream().filter(Peer::hasAnswered).count();
    }

    /**
     * The view after all in which a validator of this epoch says that it is; the greatest number if
     * one is in a later epoch.
     */
    public long viewAfterAll() {
        long newest =
                validators.stream()
                        .flatMap(peer -> peer.status().stream())
                        .filter(status -> status.epoch() >= epoch.number())
                        .mapToLong(s -> s.epoch() > epoch.number() ? Long.MAX_VALUE : s.view())
                        .max()
                        .orElse(0);
        return newest == Long.MAX_VALUE ? newest : newest + 1;
    }

    /** Validators that are down, or silent for so long, ascending. */
    public List<NodeId> missing(long nowMillis, long silenceMillis) {
        return validators.stream()
                .filter(p -> p.isDown() || p.heardMillis() + silenceMillis <= nowMillis)
                .map(Peer::id)
                .toList();
    }

    /**
     * A finalized height that at least one honest validator claims: the greatest one that f+1 claim
     * to have reached. 0 if fewer have said anything.
     */
    public long provenHeight() {
        return provenHeight;
    }
}
