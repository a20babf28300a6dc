package org.witan.validator.link.session;

import org.witan.validator.link.handshake.Step;
import org.witan.validator.link.keys.LinkKeys;

/** How a handshake over a wire ended. */
public sealed interface Outcome {
    /**
     * Both sides proved who they are.
     *
     * @param peer the other side
     * @param keys for the record layer
     */
    record Proven(Step.Peer peer, LinkKeys keys) implements Outcome {}

    /**
     * No link; the wire is closed.
     *
     * @param code close code
     * @param byPeer whether the other side closed, so that code and detail are only hints
     * @param detail for people
     * @param ownId whether the other side claims this node's own id
     */
    record Failed(int code, boolean byPeer, String detail, boolean ownId) implements Outcome {
        /** The end of a handshake with someone who does not claim this node's own id. */
        Failed(int code, boolean byPeer, String detail) {
            this(code, byPeer, detail, false);
        }
    }
}
