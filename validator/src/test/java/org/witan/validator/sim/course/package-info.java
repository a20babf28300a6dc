/**
 * What happens in a simulated network, by seed: trouble, changes of its members, and the calm in
 * which everything must come right.
 *
 * <p>Start at {@link Run}, and at {@link EpochRun} for networks whose members change.
 */
@NullMarked
package org.witan.validator.sim.course;

import org.jspecify.annotations.NullMarked;
