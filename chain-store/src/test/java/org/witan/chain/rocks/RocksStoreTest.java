package org.witan.chain.rocks;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreContract;

/** The store on disk keeps the contract. */
final class RocksStoreTest extends StoreContract {
    @TempDir Path folder;

    @Override
    protected Store open() {
        return RocksStore.open(StoreSettings.in(folder), network.founding());
    }

    @Override
    protected Store reopen() {
        store.close();
        return open();
    }
}
