/**
 * Blocks, transactions, votes and certificates: the objects that validators agree on.
 *
 * <p>Start at {@link BlockHeader}. Everything here is a value with one encoding; nothing here knows
 * a disk, a peer or a clock. A certificate proves itself with the {@code Configuration} of its
 * epoch.
 *
 * <p>Pure. Source: docs/protocol/consensus.md, C2; docs/protocol/ledger.md.
 */
@NullMarked
package org.witan.chain.block;

import org.jspecify.annotations.NullMarked;
