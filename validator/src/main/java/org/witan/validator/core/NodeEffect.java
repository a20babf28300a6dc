package org.witan.validator.core;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.chain.block.Receipt;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;

/**
 * What a node wants done, in this order: all saves of a turn are durable before anything else of
 * the turn is seen by anybody.
 */
public sealed interface NodeEffect {
    /**
     * Write, as a part of the turn's one atomic batch.
     *
     * @param write what
     * @param sync whether the batch must survive a power cut
     */
    record Save(StoreWrite write, boolean sync) implements NodeEffect {}

    /**
     * Send to one member, if it is linked.
     *
     * @param to whom
     * @param message what
     */
    record Send(NodeId to, Message message) implements NodeEffect {}

    /**
     * Send to all linked members.
     *
     * @param message what
     */
    record Broadcast(Message message) implements NodeEffect {}

    /**
     * Answer a client's submission.
     *
     * @param ticket of {@link NodeInput.Submitted}
     * @param reply taken or not
     */
    record Answer(long ticket, IntakeReply reply) implements NodeEffect {}

    /**
     * A block is final and saved: tell those who wait for its transactions.
     *
     * @param block the block
     * @param receipts one for each transaction, in order
     * @param fetched whether catch-up brought it; otherwise consensus decided it here
     */
    record Committed(Block block, List<Receipt> receipts, boolean fetched) implements NodeEffect {}

    /**
     * A client's transaction left the pool without a block.
     *
     * @param id the transaction
     */
    record Expired(Hash id) implements NodeEffect {}

    /**
     * A member asks for committed blocks by hash: read and send what there is.
     *
     * @param to whom
     * @param hashes at most 16
     */
    record ServeBlocks(NodeId to, List<Hash> hashes) implements NodeEffect {}

    /**
     * A member sent what no honest one sends: cut its link and limit it.
     *
     * @param peer who
     * @param reason for the log
     */
    record Punish(NodeId peer, String reason) implements NodeEffect {}

    /**
     * This node contradicts what the network finalized: stop at once.
     *
     * @param reason for the operator
     */
    record Halt(String reason) implements NodeEffect {}

    /**
     * The next block is of a protocol level that this program does not speak: stop cleanly.
     *
     * @param level the level in force
     * @param speaks the greatest that this program speaks
     */
    record LevelTooLow(int level, int speaks) implements NodeEffect {}

    /**
     * Something happened once that operators want to read.
     *
     * @param name stable, lower case with dashes
     * @param details {@code key=value} pairs
     */
    record Report(String name, String details) implements NodeEffect {}
}
