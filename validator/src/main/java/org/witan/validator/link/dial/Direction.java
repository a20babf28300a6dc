package org.witan.validator.link.dial;

import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** Which of two nodes opens their link (W1). */
public enum Direction {
    /** This node opens. */
    OPENS,
    /** This node waits, and knocks. */
    WAITS,
    /** This node waits for one that is never dialled. */
    IS_CALLED,
    /** They do not link. */
    NONE;

    /** The direction between this node and another, as this node sees it. */
    public static Direction of(NodeId self, Role role, NodeId other, Role otherRole) {
        if (self.equals(other) || role == Role.CLIENT || otherRole == Role.CLIENT) {
            return NONE;
        }
        boolean voter = role == Role.VALIDATOR;
        boolean otherVoter = otherRole == Role.VALIDATOR;
        if (voter && otherVoter) {
            return self.compareTo(other) > 0 ? OPENS : WAITS;
        }
        if (voter) {
            return IS_CALLED;
        }
        return otherVoter ? OPENS : NONE;
    }
}
