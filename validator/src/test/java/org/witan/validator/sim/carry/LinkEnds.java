package org.witan.validator.sim.carry;

import org.witan.validator.link.Traffic;
import org.witan.validator.link.dial.Direction;

/** The processes at the ends of links. */
public interface LinkEnds {
    /** A message arrived. */
    void arrived(int from, int to, Traffic traffic, byte[] message);

    /** What a node learns: it has a link with the other one, or has none any more. */
    void changed(int at, int other, boolean up);

    /** Whether this process runs and its ledger lets it link with the other node. */
    boolean links(int at, int other);

    /** Which life of the node runs. */
    int instance(int at);

    /** Until when the process does nothing. */
    long frozenUntilMillis(int at);

    /** How the two stand by rule W1. */
    Direction direction(int at, int other);

    /** A proven peer says that another process has this node's key. */
    void toldSecond(int at, int by);
}
