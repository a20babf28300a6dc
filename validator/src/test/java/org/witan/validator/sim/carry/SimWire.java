package org.witan.validator.sim.carry;

import org.witan.validator.sim.plan.Bug;

/** One authenticated connection of two processes, as both ends see it. */
final class SimWire {
    /** The node that opened it. */
    final int opener;

    /** The node that it opened to. */
    final int other;

    private final int[] instances;
    private final SimLink[] halves;

    /**
     * A wire of two processes.
     *
     * @param instances which lives of the two they are, the opener's first
     */
    SimWire(int opener, int other, int[] instances, Bug bug, long nowMillis) {
        this.opener = opener;
        this.other = other;
        this.instances = instances;
        halves = new SimLink[] {new SimLink(bug, nowMillis), new SimLink(bug, nowMillis)};
    }

    /** What an end holds of it. */
    SimLink half(int node) {
        return halves[node == opener ? 0 : 1];
    }

    /** The node at the far end. */
    int far(int node) {
        return node == opener ? other : opener;
    }

    /** Which life of a node's process it is. */
    int instance(int node) {
        return instances[node == opener ? 0 : 1];
    }

    /** Which life of the far process it is. */
    int farInstance(int node) {
        return instances[node == opener ? 1 : 0];
    }
}
