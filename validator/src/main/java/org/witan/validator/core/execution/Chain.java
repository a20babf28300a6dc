package org.witan.validator.core.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.membership.Epoch;

/**
 * The tip and the executed blocks above it: a tree of states over the committed one.
 *
 * <p>The tip moves when a commit is decided; the blocks' states stay here until the write is on
 * disk ({@link #saved}), so every read sees what was decided, saved or not. Source:
 * docs/protocol/consensus.md, C16.
 */
public final class Chain {
    private final LedgerReader ledger;
    private final Map<Hash, Executed> executed = new TreeMap<>();
    private final TreeSet<Hash> notarized = new TreeSet<>();
    private Epoch epoch;
    private Hash boundaryHash;
    private BlockHeader tip;
    private Hash tipHash;
    private int executedBytes;

    /** State of the tip between a catch-up's commits and their write. */
    private @Nullable Flattened appended;

    /** The chain as the store has it, in the epoch that the next block belongs to. */
    public Chain(LedgerReader ledger, Epoch epoch, Hash boundaryHash) {
        this.ledger = ledger;
        this.epoch = epoch;
        this.boundaryHash = boundaryHash;
        tip = ledger.tip().header();
        tipHash = ledger.tip().hash();
    }

    /** A block that was executed and found valid. */
    public record Executed(Block block, Execution.Executed outcome) {}

    /** What execution says about a block. */
    public enum Verdict {
        VALID,
        INVALID,
        /** The state that it builds on is not here. */
        ORPHAN
    }

    /** Checks a block on its parent's state (rules V5 to V9) and keeps the state after it. */
    public Verdict execute(Block block, Execution execution) {
        BlockHeader header = block.header();
        Optional<BlockHeader> parent = header(header.parentHash());
        Optional<StateReader> state = state(header.parentHash());
        if (parent.isEmpty() || state.isEmpty()) {
            return Verdict.ORPHAN;
        }
        if (executed.containsKey(block.hash())) {
            return Verdict.VALID;
        }
        if (!isWellFormed(block, parent.get())) {
            return Verdict.INVALID;
        }
        executedBytes += header.bodyBytes();
        var at = Execution.At.of(header);
        var result = execution.execute(state.get(), at, block.body().transactions());
        if (result instanceof Execution.Executed outcome && agrees(header, outcome)) {
            executed.put(block.hash(), new Executed(block, outcome));
            return Verdict.VALID;
        }
        return Verdict.INVALID;
    }

    /** Size of the bodies that were executed since the last call. */
    public int takeExecutedBytes() {
        int taken = executedBytes;
        executedBytes = 0;
        return taken;
    }

    /** Keeps a block that this node built and executed itself. */
    public void add(Block block, Execution.Executed outcome) {
        executed.put(block.hash(), new Executed(block, outcome));
    }

    /** The state after a block: executed above the tip, or the committed tip itself. */
    public Optional<StateReader> state(Hash block) {
        Executed above = executed.get(block);
        if (above != null) {
            return Optional.of(above.outcome.after());
        }
        if (!block.equals(tipHash)) {
            return Optional.empty();
        }
        return Optional.of(appended != null ? appended : ledger.state());
    }

    /** The header of a block whose state is here. */
    public Optional<BlockHeader> header(Hash block) {
        Executed above = executed.get(block);
        if (above != null) {
            return Optional.of(above.block.header());
        }
        return block.equals(tipHash) ? Optional.of(tip) : Optional.empty();
    }

    /** The block of that hash, if it was executed here and is not saved yet. */
    public Optional<Executed> find(Hash block) {
        return Optional.ofNullable(executed.get(block));
    }

    /**
     * Moves the tip to a block that was executed.
     *
     * @return the write that makes it last
     */
    public StoreWrite.Commit commit(Block block, Optional<Certificate> finalization) {
        Executed known =
                find(block.hash())
                        .orElseThrow(() ->
                                new InvariantBroken("commit of " + block + ", never executed"));
        Check.invariant(
                block.header().parentHash().equals(tipHash),
                "commit of %s, which is not a child of the tip at height %d",
                block,
                tip.height());
        tip = block.header();
        tipHash = block.hash();
        PostState after = known.outcome.after();
        List<Receipt> receipts = known.outcome.receipts();
        return new StoreWrite.Commit(block, after, receipts, finalization);
    }

    /**
     * Executes certified blocks on the tip and moves the tip to the last of them.
     *
     * @param blocks consecutive, the first a child of the tip
     * @return the writes, or the first height whose execution contradicts its header
     */
    public Appended append(List<Block> blocks, Certificate finalization, Execution finalized) {
        Flattened state = new Flattened(state(tipHash).orElseThrow());
        List<StoreWrite.Commit> writes = new ArrayList<>(blocks.size());
        for (Block block : blocks) {
            boolean last = writes.size() == blocks.size() - 1;
            Optional<Execution.Executed> outcome = executeNext(block, state, finalized);
            if (outcome.isEmpty()) {
                return new Appended(List.of(), block.height());
            }
            PostState after = outcome.get().after();
            writes.add(
                    new StoreWrite.Commit(
                            block,
                            after,
                            outcome.get().receipts(),
                            last ? Optional.of(finalization) : Optional.empty()));
            state.absorb(after);
        }
        appended = state;
        tip = blocks.getLast().header();
        tipHash = blocks.getLast().hash();
        return new Appended(writes, 0);
    }

    /** What {@link #append} came to; {@code contradicted} is 0 if all went well. */
    public record Appended(List<StoreWrite.Commit> writes, long contradicted) {}

    private static Optional<Execution.Executed> executeNext(
            Block block, StateReader state, Execution finalized) {
        var at = Execution.At.of(block.header());
        var result = finalized.execute(state, at, block.body().transactions());
        return result instanceof Execution.Executed outcome && agrees(block.header(), outcome)
                ? Optional.of(outcome)
                : Optional.empty();
    }

    /** The write of every commit so far is on disk: forget what the store can answer now. */
    public void saved() {
        appended = null;
        long committed = ledger.tip().header().height();
        Hash committedHash = ledger.tip().hash();
        List<Hash> below = new ArrayList<>();
        executed.forEach((hash, block) -> {
            if (block.block.height() <= committed) {
                below.add(hash);
            } else if (block.block.header().parentHash().equals(committedHash)) {
                block.outcome.after().rebase(ledger.state());
            }
        });
        below.forEach(executed::remove);
        notarized.retainAll(executed.keySet());
    }

    /** A block was notarized: its transactions are on their way. */
    public void notarized(Hash block) {
        notarized.add(block);
    }

    /** Ids of transactions in notarized blocks that are not saved yet. */
    public TreeSet<Hash> transactionsOnTheirWay() {
        TreeSet<Hash> ids = new TreeSet<>();
        notarized.forEach(hash -> find(hash).ifPresent(known -> ids.addAll(ids(known.block))));
        return ids;
    }

    /** Ids of the transactions in {@code block} and its ancestors above the saved tip. */
    public TreeSet<Hash> transactionsUpTo(Hash block) {
        TreeSet<Hash> ids = new TreeSet<>();
        Executed at = executed.get(block);
        while (at != null) {
            ids.addAll(ids(at.block));
            at = executed.get(at.block.header().parentHash());
        }
        return ids;
    }

    /** The next block belongs to this epoch, which begins after the tip. */
    public void enter(Epoch next) {
        epoch = next;
        boundaryHash = tipHash;
    }

    /** The epoch of the next block. */
    public Epoch epoch() {
        return epoch;
    }

    /** Hash of the header that the epoch began after. */
    public Hash boundaryHash() {
        return boundaryHash;
    }

    /** The header of the highest block that was decided. */
    public BlockHeader tip() {
        return tip;
    }

    /** Its hash. */
    public Hash tipHash() {
        return tipHash;
    }

    private boolean isWellFormed(Block block, BlockHeader parent) {
        BlockHeader header = block.header();
        var rules = epoch.configuration().rules();
        return header.height() == parent.height() + 1
                && header.timestampMillis() >= parent.timestampMillis()
                && header.epoch() == epoch.number()
                && header.configHash().equals(epoch.configHash())
                && header.previousBoundaryHash().equals(boundaryHash)
                && header.bodyBytes() <= rules.blockMaxBytes()
                && header.transactionCount() <= rules.blockMaxTransactions()
                && block.bodyMatches();
    }

    private static boolean agrees(BlockHeader header, Execution.Executed outcome) {
        return header.stateRoot().equals(outcome.after().root())
                && header.nextConfigHash().equals(outcome.next().hash());
    }

    private static List<Hash> ids(Block block) {
        return block.body().transactions().stream().map(Transaction::id).toList();
    }
}
