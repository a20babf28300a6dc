/**
 * Files beside the database: who may open it, and what was promised.
 *
 * <p>Start at {@link HighWaterMark}.
 *
 * <p>Threads: one. Source: docs/protocol/ledger.md, D5 and D6.
 */
@NullMarked
package org.witan.chain.rocks.guard;

import org.jspecify.annotations.NullMarked;
