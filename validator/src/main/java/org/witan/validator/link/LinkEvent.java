package org.witan.validator.link;

import java.util.Optional;
import org.witan.genesis.membership.NodeId;

/**
 * Something about links that an operator may want to know; limited in rate where strangers cause
 * it.
 *
 * @param kind what happened
 * @param peer who it is about, as far as it is known; proven only where {@code kind} says so
 * @param address the other end of the socket, empty if there was none
 * @param code close code of docs/protocol/link.md, 0 if none
 * @param detail one sentence for people
 */
public record LinkEvent(Kind kind, Optional<NodeId> peer, String address, int code, String detail) {
    /** What can happen. */
    public enum Kind {
        /** This node accepts links. */
        LISTENING,
        /** Someone who did not prove who they are was turned away. */
        STRANGER_REFUSED,
        /** A proven member was turned away. */
        MEMBER_REFUSED,
        /** The other end closed an attempt of ours; the code is a hint unless proven. */
        REFUSED_BY_PEER,
        /** The other end belongs to another network; the detail names both. */
        WRONG_NETWORK,
        /** Nodes without a common protocol version. */
        NO_COMMON_VERSION,
        /** A proven second process with the same id as a linked peer. */
        SECOND_INSTANCE,
        /** A proven peer says that another process with this node's id runs: stop signing. */
        WE_ARE_SECOND_INSTANCE,
        /** Someone claims this node's own id. */
        IDENTICAL_ID,
        /** A newer link of the same node replaced an older one. */
        REPLACED,
        /** A proven peer broke the rules of the record layer. */
        PROTOCOL_BROKEN,
        /** For a moment nobody was let in, since this process has no file descriptor left. */
        ACCEPTING_PAUSED,
        /** Messages were dropped because a peer reads too slowly. */
        DROPPED
    }
}
