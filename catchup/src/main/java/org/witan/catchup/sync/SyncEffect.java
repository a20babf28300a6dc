package org.witan.catchup.sync;

import java.util.List;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.genesis.membership.NodeId;

/** What a {@link Synchroniser} wants done. */
public sealed interface SyncEffect {
    /**
     * Send a request.
     *
     * @param member to whom
     * @param request what
     */
    record Ask(NodeId member, Request request) implements SyncEffect {}

    /**
     * Execute and commit blocks, then answer {@link SyncInput.Appended} or {@link
     * SyncInput.Rejected}. There is never a second one before the answer.
     *
     * @param blocks consecutive, of one epoch, at least one; the first is the child of the tip.
     *     Each is final and its body is the header's; its transactions' signatures need no check
     * @param finalization of exactly the last block; it proves the others too
     */
    record Append(List<Block> blocks, Certificate finalization) implements SyncEffect {}

    /**
     * A member's answer proves that it is wrong; nothing more is asked of it in this catch-up.
     *
     * @param member who
     * @param reason for people, names the height
     */
    record Blame(NodeId member, String reason) implements SyncEffect {}

    /**
     * The node stands at the tip, or so close that consensus fetches the rest.
     *
     * @param height where the ledger stands
     */
    record Finished(long height) implements SyncEffect {}

    /**
     * This node contradicts a certificate: halt. No other member can have caused it.
     *
     * @param height where
     * @param reason for people
     */
    record Failed(long height, String reason) implements SyncEffect {}

    /**
     * Something that operators see once.
     *
     * @param event which
     * @param sentence with its particulars
     */
    record Report(Event event, String sentence) implements SyncEffect {}

    /** What {@link Report} says. */
    enum Event {
        /** A catch-up began. */
        STARTED,
        /** A member was asked and stayed silent; others are asked. */
        SOURCE_SILENT,
        /** A member answers too slowly; it is asked last. */
        SOURCE_SLOW,
        /** The set of validators changed on the way. */
        EPOCH
    }
}
