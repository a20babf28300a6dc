/**
 * The store on disk: one RocksDB, one write-ahead log, and a small file that knows what was
 * promised.
 *
 * <p>Start at {@link RocksStore}. {@code column} is RocksDB with types, {@link Columns} is the
 * table of contents, {@code guard} the file outside the database that notices when the database has
 * lost what was synced. No other package imports {@code org.rocksdb}.
 *
 * <p>Threads: one writes; any reads. Source: docs/protocol/ledger.md, D1 to D12.
 */
@NullMarked
package org.witan.chain.rocks;

import org.jspecify.annotations.NullMarked;
