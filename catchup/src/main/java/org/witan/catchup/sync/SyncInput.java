package org.witan.catchup.sync;

import org.witan.catchup.wire.Reply;
import org.witan.genesis.membership.NodeId;

/** What happens to a {@link Synchroniser}. */
public sealed interface SyncInput {
    /**
     * The node is behind, or has just started and does not know whether it is.
     *
     * @param position where its ledger stands; ignored while a catch-up runs
     */
    record Start(Position position) implements SyncInput {}

    /**
     * A member's link came up; whatever it said over an earlier link is forgotten.
     *
     * @param member who proved its identity on the link
     */
    record Linked(NodeId member) implements SyncInput {}

    /**
     * A member's link went down.
     *
     * @param member whose
     */
    record Unlinked(NodeId member) implements SyncInput {}

    /**
     * A member answered.
     *
     * @param member who, as its link authenticates it
     * @param reply what, not checked in any way
     */
    record Answered(NodeId member, Reply reply) implements SyncInput {}

    /**
     * A member sent bytes on the catch-up channel that are no message.
     *
     * @param member who
     * @param why what the decoder says
     */
    record Garbled(NodeId member, String why) implements SyncInput {}

    /**
     * Somebody else, consensus, moved the ledger; welcome at any time, needed at none.
     *
     * @param position where the ledger stands now
     */
    record Moved(Position position) implements SyncInput {}

    /**
     * The blocks of the open {@link SyncEffect.Append} are executed and will survive a crash.
     *
     * @param position where the ledger stands now: their last block, or above it
     */
    record Appended(Position position) implements SyncInput {}

    /**
     * A certified block did not execute to what its header says.
     *
     * @param height which
     * @param reason for people
     */
    record Rejected(long height, String reason) implements SyncInput {}

    /** Only time has passed. */
    record Tick() implements SyncInput {}
}
