/**
 * One validator as a deterministic state machine: consensus, pool, execution and catch-up together.
 *
 * <p>Start at {@link Node#step}: an {@link NodeInput} goes in, {@link NodeEffect}s come out, in the
 * order in which they must happen. Nothing here opens a socket or a file, reads a clock, starts a
 * thread or draws a random number, so a seed replays a whole network. Committed state is read
 * through {@code LedgerReader}; every write is an effect.
 *
 * <p>Pure; confined to the node loop. Source: docs/ARCHITECTURE.md; docs/protocol/consensus.md.
 */
@NullMarked
package org.witan.validator.core;

import org.jspecify.annotations.NullMarked;
