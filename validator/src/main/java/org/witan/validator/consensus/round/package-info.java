/**
 * What one view of an epoch knows, and the questions that can be asked of the views together.
 *
 * <p>Start at {@link Round}. A round keeps the votes ({@link Tally}), the certificates and the
 * first proposal of its view. {@link Rounds} finds parents and gaps across views, {@link
 * Acceptance} says whether a proposal may stand, {@link SafetyRules} is the only place that signs.
 *
 * <p>Pure. Threads: confined to the node loop. Source: docs/protocol/consensus.md.
 */
@NullMarked
package org.witan.validator.consensus.round;

import org.jspecify.annotations.NullMarked;
