/**
 * Agreement on one block per height, as a deterministic state machine.
 *
 * <p>Start at {@link Input} and {@link Effect}. Nothing here opens a socket or a file, reads a
 * clock, starts a thread, logs or draws a random number: everything arrives as an {@link Input} and
 * leaves as an {@link Effect}, so a seed replays any run.
 *
 * <p>Threads: confined to the node loop. Source: docs/protocol/consensus.md, rules C1 to C25, of
 * which C5 holds R1 to R10.
 */
@NullMarked
package org.witan.validator.consensus;

import org.jspecify.annotations.NullMarked;
