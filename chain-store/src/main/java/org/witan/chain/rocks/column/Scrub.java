package org.witan.chain.rocks.column;

import java.util.List;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.witan.chain.store.StoreFailed;

/**
 * Reads everything that a database holds, a little at a time, so that a table that rots where
 * nobody looks is found: each block of a table carries a checksum, which reading compares.
 *
 * <p>What is read passes the cache by. For one thread; writing may go on meanwhile.
 */
public final class Scrub {
    private static final byte[] BEGINNING = new byte[0];

    private final Database database;
    private final List<String> columns;
    private int column;
    private byte[] from = BEGINNING;

    Scrub(Database database, List<String> columns) {
        this.database = database;
        this.columns = columns;
    }

    /**
     * Reads on where the last call ended.
     *
     * @param mostBytes of keys and values, exceeded by one value at most
     * @return whether the end was reached; the next call begins anew
     * @throws StoreFailed if what is read is damaged, or the database is closed
     */
    public boolean read(long mostBytes) {
        long left = mostBytes;
        while (left > 0) {
            left = readColumn(left);
            if (left > 0) {
                from = BEGINNING;
                column++;
                if (column == columns.size()) {
                    column = 0;
                    return true;
                }
            }
        }
        return false;
    }

    /** What is left of the bytes; none if the column has more. */
    private long readColumn(long mostBytes) {
        String name = columns.get(column);
        long left = mostBytes;
        database.enter();
        try (ReadOptions options = new ReadOptions().setVerifyChecksums(true).setFillCache(false);
                RocksIterator at = iterator(database.handle(name), options)) {
            for (at.seek(from); at.isValid(); at.next()) {
                if (left <= 0) {
                    from = at.key();
                    return 0;
                }
                left -= at.key().length + at.value().length;
            }
            at.status();
            return Math.max(left, 1);
        } catch (RocksDBException e) {
            throw new StoreFailed("reading " + name + " through", e);
        } finally {
            database.leave();
        }
    }

    private RocksIterator iterator(ColumnFamilyHandle family, ReadOptions options) {
        return database.db().newIterator(family, options);
    }
}
