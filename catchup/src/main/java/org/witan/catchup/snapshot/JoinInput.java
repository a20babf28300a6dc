package org.witan.catchup.snapshot;

import org.witan.catchup.wire.Reply;
import org.witan.genesis.membership.NodeId;

/** What happens to a {@link SnapshotJoin}. */
public sealed interface JoinInput {
    /**
     * A member's link came up.
     *
     * @param member who proved its identity on the link
     */
    record Linked(NodeId member) implements JoinInput {}

    /**
     * A member's link went down.
     *
     * @param member whose
     */
    record Unlinked(NodeId member) implements JoinInput {}

    /**
     * A member answered.
     *
     * @param member who, as its link authenticates it
     * @param reply what, not checked in any way
     */
    record Answered(NodeId member, Reply reply) implements JoinInput {}

    /**
     * A member sent bytes on the catch-up channel that are no message.
     *
     * @param member who
     * @param why what the decoder says
     */
    record Garbled(NodeId member, String why) implements JoinInput {}

    /** Only time has passed. */
    record Tick() implements JoinInput {}
}
