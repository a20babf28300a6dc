package org.witan.validator.sim.carry;

import org.jspecify.annotations.Nullable;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.dial.Ration;
import org.witan.validator.link.dial.Rival;
import org.witan.validator.link.session.Queues;

/** How one process stands with one other: the plan to reach it, what holds, what waits. */
final class SimEnd {
    private static final int WINDOW_MILLIS = 1_000;

    /** This node. */
    final int at;

    /** The other one. */
    final int to;

    /** Which life of this node it is. */
    final int instance;

    final DialPlan plan;

    /** How many handshakes of the other one are taken. */
    final Ration handshakes;

    final Queues queues = new Queues(Traffic.rules());

    /** Whether the other one ever broke the rules. */
    boolean broke;

    /** The wire that messages are written on. */
    @Nullable SimWire held;

    /** When the next look at the plan was asked for. */
    long alarm = DialPlan.NEVER;

    SimEnd(int at, int to, int instance, Direction direction, long nowMillis) {
        this.at = at;
        this.to = to;
        this.instance = instance;
        plan = new DialPlan(direction, nowMillis, WINDOW_MILLIS);
        handshakes = new Ration(nowMillis);
    }

    /** How a new wire stands to the one that holds. */
    Rival rival(SimWire wire, SimWire old) {
        return new Rival(
                wire.farInstance(at) == old.farInstance(at),
                wire.opener == at,
                old.opener == at,
                plan.direction());
    }
}
