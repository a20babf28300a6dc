package org.witan.validator.history.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;

/** A good store passes; one whose values were changed behind its back does not. */
class StateCheckTest {
    private static final String VALUES = "state";
    private static final String TREE = "tree";

    @TempDir private Path folder;
    private final TestNetwork network = TestNetwork.of(4);

    /** Does something to a column, at a key that it has. */
    private interface Damage {
        void happen(RocksDB database, ColumnFamilyHandle column, byte[] key)
                throws RocksDBException;
    }

    @BeforeEach
    void blocks() {
        TestChain chain = new TestChain(network);
        try (RocksStore store = open()) {
            for (int i = 1; i <= 20; i++) {
                store.apply(List.of(chain.next(network.put(i, "k" + i, "value"))), true);
            }
        }
    }

    private RocksStore open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    private List<String> problems() {
        try (RocksStore store = open()) {
            assertThat(store.tip().height()).isEqualTo(20);
            return StateCheck.problems("v1", store);
        }
    }

    @Test
    void aGoodStorePasses() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void aMissingValueIsFound() throws RocksDBException {
        damage(VALUES, (database, column, key) -> database.delete(column, key));
        assertThat(problems()).singleElement().asString().contains("at height 20: its values have");
    }

    @Test
    void anotherValueIsFound() throws RocksDBException {
        damage(VALUES, (database, column, key) -> database.put(column, key, new byte[] {7}));
        assertThat(problems()).singleElement().asString().contains("at height 20: its values have");
    }

    @Test
    void aForeignValueIsFound() throws RocksDBException {
        damage(
                VALUES,
                (database, column, key) -> {
                    byte[] foreign = key.clone();
                    foreign[foreign.length - 1] = 'x';
                    database.put(column, foreign, database.get(column, key));
                });
        assertThat(problems()).singleElement().asString().contains("at height 20: its values have");
    }

    @Test
    void aMissingPageOfTheTreeIsFound() throws RocksDBException {
        damage(TREE, (database, column, key) -> database.delete(column, key));
        assertThat(problems()).singleElement().asString().contains("is missing");
    }

    /** At the last key of a column. */
    private void damage(String name, Damage damage) throws RocksDBException {
        RocksDB.loadLibrary();
        String path = folder.resolve("db").toString();
        List<ColumnFamilyDescriptor> columns = new ArrayList<>();
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (Options options = new Options()) {
            RocksDB.listColumnFamilies(options, path)
                    .forEach(column -> columns.add(new ColumnFamilyDescriptor(column)));
        }
        try (RocksDB database = RocksDB.open(path, columns, handles)) {
            for (ColumnFamilyHandle column : handles) {
                if (new String(column.getName(), java.nio.charset.StandardCharsets.US_ASCII)
                        .equals(name)) {
                    damage.happen(database, column, lastKey(database, column));
                }
                column.close();
            }
        }
    }

    private static byte[] lastKey(RocksDB database, ColumnFamilyHandle column) {
        try (RocksIterator each = database.newIterator(column)) {
            each.seekToLast();
            return each.key();
        }
    }
}
