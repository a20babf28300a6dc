package org.witan.chain.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.witan.chain.block.Operation;
import org.witan.chain.rocks.column.Column;
import org.witan.chain.rocks.column.Database;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.file.PersistPoint;
import org.witan.genesis.membership.NodeId;

/** The path of a hash, also of what is deleted, also in a store of an older program. */
final class PathIndexTest {
    private static final StatePath COLOUR = StatePath.entry(new NodeId("v1"), "colour");

    @TempDir Path folder;

    private final TestNetwork network = TestNetwork.of(4);

    private RocksStore open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    @Test
    void everyPathThereEverWasIsFound() {
        TestChain chain = new TestChain(network);
        try (RocksStore store = open()) {
            assertThat(store.path(COLOUR.hash())).isEmpty();
            assertThat(store.path(StatePath.NAME.hash())).contains(StatePath.NAME);
            store.apply(List.of(chain.next(network.put(1, "colour", "red"))), true);
            var delete = new Operation.Delete("colour", java.util.OptionalLong.empty());
            store.apply(List.of(chain.next(network.sign(1, 2, 1000, delete))), true);
            assertThat(store.state().value(COLOUR)).isEmpty();
            assertThat(store.path(COLOUR.hash())).contains(COLOUR);
        }
    }

    @Test
    void aStoreWithoutTheIndexGetsIt() throws RocksDBException {
        TestChain chain = new TestChain(network);
        try (RocksStore store = open()) {
            store.apply(List.of(chain.next(network.put(1, "colour", "red"))), true);
        }
        forget(folder);
        try (RocksStore store = open()) {
            store.eachValue((path, value) -> {
                assertThat(store.path(path.hash())).contains(path);
                return true;
            });
            assertThat(store.path(COLOUR.hash())).contains(COLOUR);
        }
    }

    /** Makes it a store of an older program. */
    static void forget(Path folder) throws RocksDBException {
        StoreSettings settings = StoreSettings.in(folder);
        try (Database database =
                        new Database(settings.database(), settings.memory(), Columns.uses());
                WriteBatch batch = new WriteBatch()) {
            Columns columns = new Columns(database);
            for (Column.Item<?, StatePath> item : columns.paths.all()) {
                columns.paths.delete(batch, item.value().hash());
            }
            columns.meta.delete(batch, "paths");
            database.write(PersistPoint.PATHS_PART, batch, true);
        }
    }
}
