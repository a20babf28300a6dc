package org.witan.validator.sim.world;

import org.witan.genesis.membership.Role;
import org.witan.validator.core.NodeInput;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.sim.carry.LinkEnds;
import org.witan.validator.sim.carry.Packet;
import org.witan.validator.sim.carry.SimLinks;
import org.witan.validator.sim.carry.SimNetwork;
import org.witan.validator.sim.carry.Timeline;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.plan.Settings.Carriage;

/**
 * Who is linked with whom, and what links carry. Where messages travel one by one, two nodes are
 * linked as soon as both want it; where they travel in records, by what real links do.
 */
public final class Wiring {
    private final Cluster cluster;
    private final SimNetwork network;
    private final Carriage carriage;
    private final SimLinks links;

    /** Both run, and their ledgers name each other. */
    private final boolean[][] wanted;

    /** The same, and nothing on the way broke it. */
    private final boolean[][] linked;

    Wiring(Cluster cluster, Timeline timeline, SimNetwork network, Settings settings) {
        this.cluster = cluster;
        this.network = network;
        carriage = settings.ways().carriage();
        wanted = new boolean[settings.total()][settings.total()];
        linked = new boolean[settings.total()][settings.total()];
        links = new SimLinks(timeline, network, settings.total(), new Ends(), settings.bug());
    }

    /** A node came or went, or its ledger names other members. */
    void changed(SimNode node) {
        if (carriage == Carriage.RECORDS) {
            links.refresh(cluster.index(node));
            return;
        }
        for (SimNode other : cluster.nodes) {
            if (other != node) {
                boolean up = node.isUp() && other.isUp() && node.links(other) && other.links(node);
                if (up != is(wanted, node, other)) {
                    set(wanted, node, other, up);
                    linkIs(node, other, up);
                }
            }
        }
    }

    /** Two that may link learn that their link came up or went down on the way. */
    public void link(SimNode one, SimNode other, boolean up) {
        if (carriage == Carriage.RECORDS) {
            if (!up) {
                links.cut(cluster.index(one), cluster.index(other));
            }
        } else if (is(wanted, one, other)) {
            linkIs(one, other, up);
        }
    }

    /** A node keeps another one out for a while. */
    void punish(SimNode node, SimNode other) {
        if (carriage == Carriage.RECORDS) {
            links.punish(cluster.index(node), cluster.index(other));
        }
    }

    /**
     * Whether what one sends now would be heard by another; no more where that one keeps it out.
     */
    boolean isHeard(SimNode from, SimNode target) {
        return carriage != Carriage.RECORDS
                || links.hears(cluster.index(target), cluster.index(from));
    }

    /** Whether any node keeps another one out. */
    public boolean keepsAnyOut() {
        return links.keepsAnyOut();
    }

    /** Whether both ends of all pairs write on the same link. */
    public boolean isAgreed() {
        for (int one = 0; one < cluster.nodes.size(); one++) {
            for (int other = 0; other < one; other++) {
                if (!links.agree(one, other)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void linkIs(SimNode one, SimNode other, boolean up) {
        if (up != is(linked, one, other)) {
            set(linked, one, other, up);
            tell(one, other, up);
            tell(other, one, up);
        }
    }

    private boolean is(boolean[][] pairs, SimNode one, SimNode other) {
        return pairs[cluster.index(one)][cluster.index(other)];
    }

    private void set(boolean[][] pairs, SimNode one, SimNode other, boolean value) {
        pairs[cluster.index(one)][cluster.index(other)] = value;
        pairs[cluster.index(other)][cluster.index(one)] = value;
    }

    private void tell(SimNode node, SimNode other, boolean up) {
        if (node.isUp()) {
            node.put(new NodeInput.Linked(other.id, up));
            cluster.turnLater(node);
        }
    }

    void carry(SimNode from, SimNode target, Packet packet) {
        int sender = cluster.index(from);
        int receiver = cluster.index(target);
        if (carriage == Carriage.RECORDS) {
            links.send(sender, receiver, packet);
            return;
        }
        if (!is(wanted, from, target)) {
            return;
        }
        int bytes = packet.bytes().length;
        for (long delay : network.deliveries(sender, receiver, bytes, cluster.nowMillis())) {
            int life = target.life;
            boolean values = carriage == Carriage.VALUES;
            cluster.at(
                    delay,
                    () -> cluster.deliver(from, target, life, values ? packet : packet.decoded()));
        }
    }

    /** What links ask and bring, in runs in which messages travel in records. */
    private final class Ends implements LinkEnds {
        private SimNode node(int index) {
            return cluster.nodes.get(index);
        }

        @Override
        public void arrived(int from, int to, Traffic traffic, byte[] message) {
            SimNode target = node(to);
            cluster.deliver(node(from), target, target.life, Packet.arrived(traffic, message));
        }

        @Override
        public void changed(int at, int other, boolean up) {
            tell(node(at), node(other), up);
        }

        @Override
        public boolean links(int at, int other) {
            return node(at).isUp() && node(at).links(node(other));
        }

        @Override
        public int instance(int at) {
            return node(at).life;
        }

        @Override
        public long frozenUntilMillis(int at) {
            return node(at).frozenUntilMillis;
        }

        @Override
        public Direction direction(int at, int other) {
            return Direction.of(node(at).id, Role.VALIDATOR, node(other).id, Role.VALIDATOR);
        }

        @Override
        public void toldSecond(int at, int by) {
            Promise.P17.holds(
                    false, "%s takes the only %s for a second one", node(by).id, node(at).id);
        }
    }
}
