package org.witan.chain.rocks;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Block;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.rocks.guard.HighWaterMark;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite.Commit;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.membership.Founding;

/** Writes what a database begins with: the genesis, and what older programs did not write. */
final class NewStore {
    private static final int INSTANCE_BYTES = 16;
    private static final int PATHS_AT_ONCE = 10_000;

    private NewStore() {}

    /** Height 0, its state, epoch 1 and what the store says about itself, in one synced write. */
    static void create(
            Database database, Columns columns, Founding founding, StoreSettings settings) {
        Block block = GenesisState.genesisBlock(founding);
        PostState state = GenesisState.of(founding);
        EpochLink first = new EpochLink(1, block.header(), Optional.empty(), state.configuration());
        Meta meta = new Meta(columns.meta);
        try (WriteBatch batch = new WriteBatch()) {
            meta.create(batch, founding, instance(settings));
            Commit commit = new Commit(block, state, List.of(), Optional.empty());
            new CommitWriter(columns, new PageCache()).write(batch, commit, false);
            columns.epochs.put(batch, 1L, first);
            meta.height(batch, 0);
            database.write(PersistPoint.STORE_MADE, batch, true);
        } catch (RocksDBException e) {
            throw new StoreFailed("making the store", e);
        }
    }

    /** Makes the index of paths in a database whose program did not keep one yet. */
    static void indexPaths(Database database, Columns columns) {
        Meta meta = new Meta(columns.meta);
        if (meta.pathsAreIndexed()) {
            return;
        }
        List<StatePath> some = new ArrayList<>();
        columns.state.from(
                StatePath.FIRST,
                (path, value) -> {
                    some.add(path);
                    if (some.size() == PATHS_AT_ONCE) {
                        index(database, columns, some);
                    }
                    return true;
                });
        index(database, columns, some);
        try (WriteBatch batch = new WriteBatch()) {
            meta.pathsAreIndexed(batch);
            database.write(PersistPoint.PATHS_DONE, batch, true);
        } catch (RocksDBException e) {
            throw new StoreFailed("making the index of paths", e);
        }
    }

    private static void index(Database database, Columns columns, List<StatePath> paths) {
        try (WriteBatch batch = new WriteBatch()) {
            for (StatePath path : paths) {
                columns.paths.put(batch, path.hash(), path);
            }
            database.write(PersistPoint.PATHS_PART, batch, false);
        } catch (RocksDBException e) {
            throw new StoreFailed("making the index of paths", e);
        }
        paths.clear();
    }

    /** A database that was lost is made anew under its old name, so that the mark still counts. */
    static String instance(StoreSettings settings) {
        Optional<HighWaterMark> found = HighWaterMark.open(settings.mark());
        found.ifPresent(HighWaterMark::close);
        return found.map(file -> file.mark().instance()).orElseGet(NewStore::random);
    }

    private static String random() {
        byte[] bytes = new byte[INSTANCE_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
