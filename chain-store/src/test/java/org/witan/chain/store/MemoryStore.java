package org.witan.chain.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;
import org.witan.genesis.membership.Founding;

/** A store for simulations that loses what was not synced when it crashes. One thread. */
public final class MemoryStore implements Store {
    private final Founding founding;
    private final List<List<StoreWrite>> batches = new ArrayList<>();
    private int synced;
    private int applied;
    private int syncs;
    private long freeBytes = Long.MAX_VALUE;
    private Failing failing = Failing.NO;
    private MemoryLedger ledger;
    private Recovered recovered;
    private final MemoryMark mark = new MemoryMark();

    /** What the next write comes to. */
    public enum Failing {
        /** It succeeds. */
        NO,
        /** It fails, and is not on the disk. */
        LOST,
        /** It fails, and is on the disk all the same. */
        KEPT
    }

    /** A new store of a network. */
    public MemoryStore(Founding founding) {
        this.founding = founding;
        ledger = new MemoryLedger(founding);
        recovered = ledger.recovered(mark.hindrance(), mark.past());
    }

    /** Goes back to what was synced, as a process does that is started again after a power cut. */
    public void crash() {
        crash(0);
    }

    /**
     * Like {@link #crash()}, but the disk had written some batches on its own account.
     *
     * @param luckyBatches how many unsynced batches survive, the oldest first; below zero, an older
     *     copy of the whole disk is restored that lacks so many synced ones, its high-water mark
     *     with it, so that nothing can notice
     */
    public void crash(int luckyBatches) {
        cut(synced + luckyBatches);
        mark.crash();
        if (luckyBatches < 0) {
            mark.belongsTo(ledger);
        }
        open();
    }

    /**
     * An older copy of the database is put in place of the one that there was; the high-water mark,
     * which lies beside it, stays.
     *
     * @param batches how many synced ones the copy lacks
     */
    public void restore(int batches) {
        cut(synced - batches);
        mark.crash();
        open();
    }

    private void open() {
        failing = Failing.NO;
        mark.compare(ledger);
        recovered = ledger.recovered(mark.hindrance(), mark.past());
    }

    private void cut(int batchesKept) {
        int kept = Math.max(0, Math.min(batches.size(), batchesKept));
        batches.subList(kept, batches.size()).clear();
        synced = kept;
        ledger = new MemoryLedger(founding);
        batches.forEach(ledger::apply);
    }

    /**
     * Loses everything, also what was synced, as when a disk is replaced: votes of this epoch may
     * have been cast.
     */
    public void wipe(String reason) {
        cut(0);
        mark.lost(ledger, reason);
        open();
    }

    /** Loses everything, the mark with it, so that nothing can notice. */
    public void forget() {
        crash(-batches.size());
    }

    /** Loses everything, and is told so by an operator. */
    public void forgetKnowingly() {
        mark.knowsOfLoss();
        forget();
    }

    /** What the next write comes to; the store fails until it {@link #crash crashes}. */
    public void failNext(Failing how) {
        failing = how;
    }

    /** From now on so much is free; every write fails while nothing is. */
    public void freeBytes(long bytes) {
        freeBytes = bytes;
    }

    /** Votes, certificates and bodies above the finalized view. */
    public int unfinal() {
        return ledger.unfinal();
    }

    /** Batches applied and not yet synced. */
    public int unsynced() {
        return batches.size() - synced;
    }

    /** Calls of {@link #apply} so far. */
    public int applied() {
        return applied;
    }

    /** Calls of {@link #apply} with sync so far. */
    public int syncs() {
        return syncs;
    }

    @Override
    public void apply(List<StoreWrite> writes, boolean sync) {
        Check.invariant(
                mark.hindrance().isEmpty()
                        || writes.stream().noneMatch(w -> w instanceof StoreWrite.OwnVote),
                "a vote by a node that must not vote");
        if (freeBytes <= 0) {
            throw new StoreFailed("writing: no space left on device");
        }
        if (failing != Failing.LOST) {
            keep(List.copyOf(writes), sync);
        }
        if (failing != Failing.NO) {
            failing = Failing.LOST;
            throw new StoreFailed("writing: input/output error");
        }
    }

    private void keep(List<StoreWrite> batch, boolean sync) {
        applied++;
        ledger.apply(batch);
        batches.add(batch);
        mark.applied(batch, ledger);
        if (sync) {
            synced = batches.size();
            syncs++;
            mark.save();
        }
    }

    @Override
    public Recovered recovered() {
        return recovered;
    }

    @Override
    public Optional<String> voteHindrance() {
        return mark.hindrance();
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }

    @Override
    public long totalBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close() {}

    @Override
    public Tip tip() {
        return ledger.tip();
    }

    @Override
    public Optional<Block> block(long height) {
        return ledger.block(height);
    }

    @Override
    public Optional<byte[]> encodedBlock(long height) {
        return ledger.block(height).map(Block.CODEC::encode);
    }

    @Override
    public Optional<BlockHeader> header(long height) {
        return ledger.block(height).map(Block::header);
    }

    @Override
    public OptionalLong heightOf(Hash blockHash) {
        return ledger.heightOf(blockHash);
    }

    @Override
    public Optional<Certificate> finalization(long height) {
        return ledger.finalization(height);
    }

    @Override
    public OptionalLong nextFinalized(long height) {
        return ledger.nextFinalized(height);
    }

    @Override
    public List<Receipt> receipts(long height) {
        return ledger.receipts(height);
    }

    @Override
    public StateReader state() {
        return ledger.stateAt(ledger.tip().height()).orElseThrow();
    }

    @Override
    public long base() {
        return 0;
    }

    @Override
    public Optional<StatePath> path(Hash pathHash) {
        return ledger.path(pathHash);
    }

    /** Everything is kept here anyway. */
    @Override
    public void holdStates(long height) {}

    @Override
    public Optional<StateReader> stateAt(long height) {
        return ledger.stateAt(height);
    }

    @Override
    public Optional<TransactionPlace> transaction(Hash id) {
        return ledger.transaction(id);
    }

    @Override
    public Optional<EpochLink> epoch(long number) {
        return ledger.epoch(number);
    }

    @Override
    public List<Evidence> evidence(int limit) {
        return ledger.evidence().stream().limit(limit).toList();
    }

    @Override
    public List<StateItem> list(StatePath prefix, Optional<StatePath> after, int limit) {
        return ledger.list(prefix, after, limit);
    }
}
