/**
 * RocksDB with types and with care for everything native.
 *
 * <p>Start at {@link Column}, a sorted map on disk; {@link Database} opens and closes. Every
 * failure of RocksDB, and every value that is not what was written, leaves here as {@code
 * StoreFailed}.
 *
 * <p>Threads: one writes; any reads. Source: docs/protocol/ledger.md, D1, D8 and D9.
 */
@NullMarked
package org.witan.chain.rocks.column;

import org.jspecify.annotations.NullMarked;
