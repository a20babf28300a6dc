/**
 * The engines of a whole network in one thread: virtual time, a faulty network, disks that lose
 * what was not synced, and liars; all drawn from one seed.
 *
 * <p>Start at {@link Cluster}. {@link Oracle} watches every effect with its own arithmetic.
 */
@NullMarked
package org.witan.validator.consensus.sim;

import org.jspecify.annotations.NullMarked;
