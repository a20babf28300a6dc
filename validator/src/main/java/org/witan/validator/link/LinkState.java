package org.witan.validator.link;

import java.util.Optional;
import java.util.OptionalDouble;
import org.witan.genesis.membership.NodeId;

/**
 * How this node stands with one peer.
 *
 * @param peer the other node
 * @param state whether they are linked
 * @param openedBy who opened the link; empty unless it is up
 * @param rttMillis round trip of the last keep-alive; empty until the first one
 * @param sinceMillis since when the state holds, milliseconds since 1970
 * @param lastError why the last attempt or link ended; empty if none did
 */
public record LinkState(
        NodeId peer,
        State state,
        Optional<NodeId> openedBy,
        OptionalDouble rttMillis,
        long sinceMillis,
        String lastError) {
    /** The four ways to stand with a peer. */
    public enum State {
        /** An authenticated link exists. */
        UP,
        /** The other node opens; this one waits, and knocks where it knows an endpoint. */
        WAITING,
        /** This node opens and has not reached the other yet. */
        DIALLING,
        /** The other node answered and refused. */
        REFUSED
    }
}
