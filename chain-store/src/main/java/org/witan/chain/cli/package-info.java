/**
 * Commands on a ledger's own files: checking and exporting a store, and verifying proofs.
 *
 * <p>Start at {@link LedgerVerify}. {@link LocalStore} opens the store of a node that does not run.
 *
 * <p>Threads: one. Source: docs/operating/commands.md; docs/protocol/ledger.md, P4 and D12.
 */
@NullMarked
package org.witan.chain.cli;

import org.jspecify.annotations.NullMarked;
