package org.witan.chain.rocks.column;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.file.PersistPoint;

/** All native objects of one open RocksDB, closed in the reverse order of their making. */
public final class Database implements AutoCloseable {
    /** How a column is used, which decides how it is laid out. */
    public enum Use {
        /** Small values in key order. */
        SMALL,
        /** Blocks: large values, written once, seldom read. */
        BULK,
        /** Hashes, which nothing compresses. */
        DENSE
    }

    /**
     * How much memory all columns share.
     *
     * @param cacheBytes for what is read
     * @param writeBufferBytes for what is not in tables yet
     */
    public record Memory(long cacheBytes, long writeBufferBytes) {}

    private static final int CLOSED = Integer.MIN_VALUE;
    private static final int CACHE_SHARD_BITS = 2;
    private static final double SHARE_OF_INDEXES = 0.5;
    private static final int BLOOM_BITS_PER_KEY = 10;
    private static final long MAX_WAL_BYTES = 64L << 20;

    private final List<AbstractNativeReference> natives = new ArrayList<>();
    private final Map<String, ColumnFamilyHandle> handles = new LinkedHashMap<>();
    private final WriteOptions synced = keep(new WriteOptions().setSync(true));
    private final WriteOptions unsynced = keep(new WriteOptions().setSync(false));
    private final RocksDB db;

    /** How many threads are at work in native code, or {@link #CLOSED}. */
    private final AtomicInteger inside = new AtomicInteger();

    static {
        // Takes the library from java.library.path; only without it unpacks 17 MB from the jar.
        RocksDB.loadLibrary();
    }

    /**
     * Opens or makes the database.
     *
     * @param folder that exists
     * @param columns name and use of every column
     * @throws StoreFailed if it cannot be opened; the message of RocksDB says why
     */
    public Database(Path folder, Memory memory, Map<String, Use> columns) {
        // Few parts, of which a file's index or filter (some 100 KiB) is a small share; and a share
        // of each that data blocks cannot drive them out of. The default is 64 parts and none.
        LRUCache cache =
                keep(new LRUCache(memory.cacheBytes, CACHE_SHARD_BITS, false, SHARE_OF_INDEXES));
        List<ColumnFamilyDescriptor> wanted = new ArrayList<>();
        wanted.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
        columns.forEach((name, use) ->
                wanted.add(
                        new ColumnFamilyDescriptor(
                                name.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                                options(use, cache, memory))));
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        try {
            db = RocksDB.open(options(memory), folder.toString(), wanted, opened);
        } catch (RocksDBException e) {
            closeNatives();
            throw new StoreFailed("cannot open " + folder, e);
        }
        natives.add(db);
        opened.forEach(this::keep);
        int at = 1;
        for (String name : columns.keySet()) {
            handles.put(name, opened.get(at++));
        }
    }

    private DBOptions options(Memory memory) {
        Properties only = new Properties();
        // Refuses a database of which a log file is missing; has no setter of its own.
        only.setProperty("track_and_verify_wals_in_manifest", "true");
        return keep(DBOptions.getDBOptionsFromProps(only))
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                // The default mode drops synced writes behind one flipped bit, in silence.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setDbWriteBufferSize(memory.writeBufferBytes)
                .setMaxTotalWalSize(MAX_WAL_BYTES)
                .setAvoidFlushDuringRecovery(true)
                .setSkipStatsUpdateOnDbOpen(true)
                .setMaxBackgroundJobs(2)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(1 << 20)
                .setKeepLogFileNum(2);
    }

    private ColumnFamilyOptions options(Use use, LRUCache cache, Memory memory) {
        BlockBasedTableConfig table =
                new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setCacheIndexAndFilterBlocksWithHighPriority(true)
                        .setPinL0FilterAndIndexBlocksInCache(true)
                        .setBlockSize(use == Use.DENSE ? 4096 : 16_384)
                        .setFilterPolicy(keep(new BloomFilter(BLOOM_BITS_PER_KEY)));
        ColumnFamilyOptions options =
                keep(new ColumnFamilyOptions())
                        .setTableFormatConfig(table)
                        .setWriteBufferSize(memory.writeBufferBytes / 2)
                        .setCompressionType(
                                use == Use.DENSE
                                        ? CompressionType.NO_COMPRESSION
                                        : CompressionType.LZ4_COMPRESSION);
        if (use == Use.BULK) {
            // Compaction then moves references, not blocks.
            options.setEnableBlobFiles(true)
                    .setMinBlobSize(2048)
                    .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setEnableBlobGarbageCollection(true);
        }
        return options;
    }

    RocksDB db() {
        return db;
    }

    /**
     * Keeps the database open until {@link #leave}; what is native must not be touched without.
     *
     * @throws StoreFailed if it is closed
     */
    void enter() {
        if (inside.getAndUpdate(count -> count < 0 ? count : count + 1) < 0) {
            throw new StoreFailed("the store is closed");
        }
    }

    void leave() {
        inside.decrementAndGet();
    }

    ColumnFamilyHandle handle(String column) {
        return java.util.Objects.requireNonNull(handles.get(column), column);
    }

    /** Writes all that is in memory into tables, and waits. */
    public void flush() {
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
            PersistPoint.BASE_TABLES.write(() -> db.flush(options, List.copyOf(handles.values())));
        } catch (RocksDBException e) {
            throw new StoreFailed("flushing", e);
        }
    }

    /** Reads all columns through, from the first on. */
    public Scrub scrub() {
        return new Scrub(this, List.copyOf(handles.keySet()));
    }

    /** Bytes on disk by column; blocks' own files are counted with their column. */
    public SortedMap<String, Long> sizes() {
        SortedMap<String, Long> sizes = new TreeMap<>();
        try {
            for (Map.Entry<String, ColumnFamilyHandle> column : handles.entrySet()) {
                long tables = db.getLongProperty(column.getValue(), "rocksdb.total-sst-files-size");
                long blobs = db.getLongProperty(column.getValue(), "rocksdb.total-blob-file-size");
                sizes.put(column.getKey(), tables + blobs);
            }
        } catch (RocksDBException e) {
            throw new StoreFailed("asking for sizes", e);
        }
        return sizes;
    }

    /** One atomic write. */
    public void write(PersistPoint point, WriteBatch batch, boolean sync) throws RocksDBException {
        enter();
        try {
            point.write(() -> db.write(sync ? synced : unsynced, batch));
        } finally {
            leave();
        }
    }

    /** Waits for those who read, which takes as long as one read; later ones are refused. */
    @Override
    public void close() {
        while (!inside.compareAndSet(0, CLOSED)) {
            if (inside.get() == CLOSED) {
                return;
            }
            Thread.onSpinWait();
        }
        try {
            db.flushWal(true);
        } catch (RocksDBException e) {
            throw new StoreFailed("closing the log", e);
        } finally {
            closeNatives();
        }
    }

    private void closeNatives() {
        natives.reversed().forEach(AbstractNativeReference::close);
        natives.clear();
    }

    private <T extends AbstractNativeReference> T keep(T made) {
        natives.add(made);
        return made;
    }
}
