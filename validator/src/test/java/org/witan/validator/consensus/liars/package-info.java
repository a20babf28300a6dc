/**
 * Members that lie, against engines that do not: one identity that runs twice, messages that are
 * changed on their way, and lies written by hand. No chance but what a test draws itself.
 *
 * <p>Start at {@link Assembly}; {@link org.witan.validator.consensus.sim.Oracle} watches.
 */
@NullMarked
package org.witan.validator.consensus.liars;

import org.jspecify.annotations.NullMarked;
