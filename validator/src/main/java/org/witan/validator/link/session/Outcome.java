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
     */
    record Failed(int code, boolean byPeer, String detail) implements Outcome {}
}
