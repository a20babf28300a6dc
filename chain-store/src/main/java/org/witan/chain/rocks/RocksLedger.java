package org.witan.chain.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Receipt;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.Tip;
import org.witan.chain.store.TransactionPlace;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;

/** Reads what is committed. For any thread. */
class RocksLedger implements LedgerReader {
    /** What the columns can be asked for, as of one moment. */
    private record Newest(Tip tip, StateReader state) {}

    final Columns columns;
    final PageCache pages = new PageCache();
    private final long base;

    /**
     * Height of the newest block that may have been written in part; ahead of the tip for a while.
     */
    private volatile long writing;

    /** The oldest state that will be readable after what is being written. */
    private volatile long pruning;

    /** The oldest state that somebody wants to stay readable. */
    private volatile long held = Long.MAX_VALUE;

    private volatile Newest newest;

    /** Reads the tip; a new store has none yet. */
    RocksLedger(Columns columns, Meta meta) {
        this.columns = columns;
        base = meta.base();
        long height = meta.height();
        HeightRecord record = at(height).orElseThrow(() -> lacks("height " + height));
        writing = height;
        pruning = meta.oldestState();
        newest = newestOf(tipOf(record), record.treeRoot());
    }

    /** Announces that blocks up to this height are about to be written. */
    final void writing(long height) {
        writing = height;
    }

    /** Announces that states below this height are about to become unreadable. */
    final void pruning(long height) {
        pruning = height;
    }

    /** Lets everybody see what was written. */
    final void publish(Tip tip, TreeRoot root) {
        newest = newestOf(tip, root);
    }

    private Newest newestOf(Tip tip, TreeRoot root) {
        return new Newest(tip, new RocksState(columns, pages, this, tip.height(), root));
    }

    final long writing() {
        return writing;
    }

    final long oldestState() {
        return pruning;
    }

    @Override
    public final Tip tip() {
        return newest.tip;
    }

    @Override
    public final long base() {
        return base;
    }

    @Override
    public final Optional<Block> block(long height) {
        return withBlock(height).map(record -> require(columns.blocks.get(record.hash()), height));
    }

    @Override
    public final Optional<byte[]> encodedBlock(long height) {
        return withBlock(height)
                .map(record -> require(columns.blocks.bytes(record.hash()), height));
    }

    @Override
    public final Optional<BlockHeader> header(long height) {
        return at(height).map(HeightRecord::header);
    }

    @Override
    public final OptionalLong heightOf(Hash blockHash) {
        Optional<Block> block = columns.blocks.get(blockHash);
        return block.isPresent()
                        && at(block.get().height())
                                .filter(record -> record.hash().equals(blockHash))
                                .isPresent()
                ? OptionalLong.of(block.get().height())
                : OptionalLong.empty();
    }

    @Override
    public final Optional<Certificate> finalization(long height) {
        return height > tip().height()
                ? Optional.empty()
                : columns.finalizations.get(natural(height));
    }

    @Override
    public final OptionalLong nextFinalized(long height) {
        long top = tip().height();
        return columns.finalizations
                .ceiling(natural(height))
                .filter(item -> item.key() <= top)
                .map(item -> OptionalLong.of(item.key()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public final List<Receipt> receipts(long height) {
        return at(height).isEmpty() ? List.of() : columns.receipts.get(height).orElse(List.of());
    }

    @Override
    public final StateReader state() {
        return newest.state;
    }

    @Override
    public final Optional<StateReader> stateAt(long height) {
        if (height < oldestState()) {
            return Optional.empty();
        }
        return at(height)
                .map(record -> new RocksState(columns, pages, this, height, record.treeRoot()));
    }

    @Override
    public final Optional<StatePath> path(Hash pathHash) {
        return columns.paths.get(pathHash);
    }

    @Override
    public final void holdStates(long height) {
        held = height;
    }

    final long held() {
        return held;
    }

    @Override
    public final Optional<TransactionPlace> transaction(Hash id) {
        long top = tip().height();
        return columns.transactions
                .get(id)
                .filter(spot -> spot.height() <= top)
                .map(spot ->
                        new TransactionPlace(
                                spot.height(),
                                spot.index(),
                                receipts(spot.height()).get(spot.index())));
    }

    @Override
    public final List<Evidence> evidence(int limit) {
        List<Evidence> found = new ArrayList<>();
        columns.evidence.from(
                new Columns.Suspect(0, 0, 0),
                (suspect, evidence) -> {
                    found.add(evidence);
                    return found.size() < limit;
                });
        return found;
    }

    @Override
    public final Optional<EpochLink> epoch(long number) {
        return columns.epochs.get(natural(number));
    }

    @Override
    public final List<StateItem> list(StatePath prefix, Optional<StatePath> after, int limit) {
        Check.invariant(limit > 0, "a listing of %d values", limit);
        StatePath from = after.filter(path -> path.compareTo(prefix) > 0).orElse(prefix);
        List<StateItem> items = new ArrayList<>();
        columns.state.from(
                from,
                (path, value) -> {
                    if (!path.startsWith(prefix)) {
                        return false;
                    }
                    if (after.isEmpty() || path.compareTo(after.get()) > 0) {
                        items.add(new StateItem(path, value));
                    }
                    return items.size() < limit;
                });
        return items;
    }

    /** A snapshot brings the header of its height, but not the block. */
    private Optional<HeightRecord> withBlock(long height) {
        return base > 0 && height <= base ? Optional.empty() : at(height);
    }

    final Optional<HeightRecord> at(long height) {
        return height < 0 || newest != null && height > newest.tip.height()
                ? Optional.empty()
                : columns.heights.get(height);
    }

    final Tip tipOf(HeightRecord record) {
        return new Tip(
                record.header(),
                record.hash(),
                columns.finalizations.get(record.header().height()));
    }

    private static long natural(long height) {
        return Math.max(height, 0);
    }

    private static <T> T require(Optional<T> part, long height) {
        return part.orElseThrow(() -> lacks("the block of height " + height));
    }

    private static StoreFailed lacks(String what) {
        return new StoreFailed("the store lacks " + what);
    }
}
