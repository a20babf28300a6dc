/**
 * What clients outside the nodes saw, and whether the ledgers, reads and votes of the nodes fit to
 * it.
 *
 * <p>Start at {@link org.witan.validator.history.Recorder} for how a history comes about, at {@link
 * org.witan.validator.history.LedgerCheck} for what it must hold. Everything but the recorder is
 * pure, so a recorded file can be checked again at any time.
 */
@NullMarked
package org.witan.validator.history;

import org.jspecify.annotations.NullMarked;
