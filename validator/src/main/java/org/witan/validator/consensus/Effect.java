package org.witan.validator.consensus;

import java.util.List;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.ConsensusMessage;

/**
 * All that an engine can ask for, in the order in which it must happen.
 *
 * <p>Every {@link Persist} that comes before a send must be durable before that send leaves; one
 * sync for the persists of many steps does (rule C11).
 */
public sealed interface Effect {
    /**
     * Remember this.
     *
     * @param write what
     */
    record Persist(StoreWrite write) implements Effect {}

    /**
     * Say this to one node.
     *
     * @param to who
     * @param message what
     */
    record Send(NodeId to, ConsensusMessage message) implements Effect {}

    /**
     * Say this to every validator of the epoch but this node.
     *
     * @param message what
     */
    record Broadcast(ConsensusMessage message) implements Effect {}

    /**
     * Make a block of this view on that parent; answered by {@link Input.Built}.
     *
     * @param parent hash of a block that is committed, or was executed and found valid
     * @param view of the new block
     * @param filling what it may hold
     */
    record Build(Hash parent, long view, Filling filling) implements Effect {}

    /** What a block is made for. */
    enum Filling {
        /** Transactions; if there are none, the answer is no block, and the view stays open. */
        ONLY_WITH_TRANSACTIONS,
        /** Transactions, and a block is due without them too. */
        EVEN_WITHOUT,
        /** No transactions: so many views are not final that the chain must not grow (C21). */
        EMPTY
    }

    /**
     * Execute a block on its parent's state; answered by {@link Input.Verdict}.
     *
     * @param block whose parent is committed, or was executed and found valid
     */
    record Execute(Block block) implements Effect {}

    /**
     * These blocks are final, with no other way back than fraud of more than f members; answered by
     * {@link Input.Committed}.
     *
     * @param blocks ascending without gaps from the tip; each was executed and found valid
     * @param finalization of the last of them
     */
    record Commit(List<Block> blocks, Certificate finalization) implements Effect {}

    /**
     * A peer broke the rules in a way that an honest one cannot.
     *
     * @param peer who
     * @param reason for people
     */
    record Punish(NodeId peer, String reason) implements Effect {}

    /**
     * A member signed two votes that no honest member signs both; keep the proof (rule C15).
     *
     * @param evidence both signatures hold
     */
    record Accuse(Evidence evidence) implements Effect {}

    /**
     * Something happened that people may want to know.
     *
     * @param event what
     */
    record Report(Event event) implements Effect {}

    /**
     * A peer claims to be so far ahead that catch-up should look at it.
     *
     * @param peer who claims
     * @param height its finalized height as claimed, not verified
     */
    record Behind(NodeId peer, long height) implements Effect {}

    /**
     * A peer asked for blocks that are not in the engine; send it those that are in the store.
     *
     * @param to who asked
     * @param hashes at most 16
     */
    record ServeBlocks(NodeId to, List<Hash> hashes) implements Effect {}

    /**
     * This node contradicts what the network finalized: stop at once (rule D1-58).
     *
     * @param reason for people
     */
    record Halt(String reason) implements Effect {}
}
