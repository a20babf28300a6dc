package org.witan.chain.rocks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.ValueChange;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.genesis.crypto.Hash;

/** Puts a committed block and all that follows from it into a batch. Confined to the writer. */
final class CommitWriter {
    /** Old heights pruned with one commit at most, so that a lowered limit is reached in steps. */
    private static final int PRUNED_AT_ONCE = 4;

    private final Columns columns;
    private final PageCache pages;

    CommitWriter(Columns columns, PageCache pages) {
        this.columns = columns;
        this.pages = pages;
    }

    /** The block with its index, its receipts and the state after it. */
    void write(WriteBatch batch, Commit commit, boolean bodyIsThere) throws RocksDBException {
        Block block = commit.block();
        long height = block.height();
        if (!bodyIsThere) {
            columns.blocks.put(batch, block.hash(), block);
        }
        columns.heights.put(
                batch,
                height,
                new HeightRecord(
                        block.hash(), commit.after().treeRoot().version(), block.header()));
        int index = 0;
        for (Transaction transaction : block.body().transactions()) {
            Columns.Spot spot = new Columns.Spot(height, index++);
            columns.transactions.put(batch, transaction.id(), spot);
        }
        if (!commit.receipts().isEmpty()) {
            columns.receipts.put(batch, height, commit.receipts());
        }
        if (commit.finalization().isPresent()) {
            columns.finalizations.put(batch, height, commit.finalization().get());
        }
        state(batch, commit.after(), height);
    }

    private void state(WriteBatch batch, PostState after, long height) throws RocksDBException {
        List<Hash> kept = new ArrayList<>();
        for (Map.Entry<StatePath, ValueChange> change : after.changes().entrySet()) {
            StatePath path = change.getKey();
            ValueChange values = change.getValue();
            if (values.after().isPresent()) {
                columns.state.put(batch, path, values.after().get());
                if (values.before().isEmpty()) {
                    columns.paths.put(batch, path.hash(), path);
                }
            } else {
                columns.state.delete(batch, path);
            }
            if (height > 0) {
                Hash hash = path.hash();
                kept.add(hash);
                columns.stateBefore.put(batch, new Replaced.Key(hash, height), values.before());
            }
        }
        for (Map.Entry<TreeKey, TreePage> page : after.addedPages().entrySet()) {
            columns.tree.put(batch, page.getKey(), page.getValue());
            pages.put(page.getKey(), page.getValue());
        }
        Replaced replaced = new Replaced(after.stalePages(), kept);
        if (!replaced.isEmpty()) {
            columns.stale.put(batch, height, replaced);
        }
    }

    /**
     * Drops what only states too far behind the tip need.
     *
     * @param oldest the oldest state that can be read now
     * @param wanted the oldest one that shall be read after the batch, whatever else is kept
     * @return the oldest one that can be read after the batch
     */
    long prune(WriteBatch batch, long oldest, long wanted) throws RocksDBException {
        long target = Math.min(wanted, oldest + PRUNED_AT_ONCE);
        long at = oldest;
        while (at < target) {
            at++;
            Replaced replaced = columns.stale.get(at).orElse(new Replaced(List.of(), List.of()));
            for (TreeKey key : replaced.pages()) {
                columns.tree.deleteOnce(batch, key);
            }
            for (Hash path : replaced.paths()) {
                columns.stateBefore.deleteOnce(batch, new Replaced.Key(path, at));
            }
            columns.stale.deleteOnce(batch, at);
        }
        return at;
    }
}
