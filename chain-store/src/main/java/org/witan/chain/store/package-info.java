/**
 * What the rest of Witan sees of the disk.
 *
 * <p>Start at {@link Store}: one thread writes through {@link Store#apply}, in atomic batches; any
 * thread reads committed data through {@link LedgerReader}. {@code RocksStore} is the one of
 * production, {@code MemoryStore} (in the tests' jar) the one of simulations.
 *
 * <p>Source: docs/protocol/ledger.md, D1 to D12.
 */
@NullMarked
package org.witan.chain.store;

import org.jspecify.annotations.NullMarked;
