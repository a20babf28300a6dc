/**
 * Agreement on one block per height, as a deterministic state machine.
 *
 * <p>Start at {@link Engine#step}. Nothing here opens a socket or a file, reads a clock, starts a
 * thread, logs or draws a random number: everything arrives as an {@link Input} and leaves as an
 * {@link Effect}, so a seed replays any run. The state is split by its lifetime: {@link EpochState}
 * lives as long as one validator set, {@link org.witan.validator.consensus.round.Round} as long as
 * one view, {@link org.witan.validator.consensus.round.Tally} counts its votes. The questions are
 * asked in classes of their own: may I sign ({@link
 * org.witan.validator.consensus.round.SafetyRules}), is it acceptable ({@link
 * org.witan.validator.consensus.round.Acceptance}), when do I vote ({@link Voter}), is it my turn
 * ({@link Proposer}), how long ({@link org.witan.validator.consensus.round.Timeouts}), what is
 * final ({@link Finality}), who lacks what ({@link AntiEntropy}).
 *
 * <p>Threads: confined to the node loop. Source: docs/protocol/consensus.md, rules C1 to C25, of
 * which C5 holds R1 to R10.
 */
@NullMarked
package org.witan.validator.consensus;

import org.jspecify.annotations.NullMarked;
