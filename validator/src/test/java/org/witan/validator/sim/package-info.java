/**
 * Whole nodes in one thread and virtual time: a seed replays a network, its faults and its clients.
 *
 * <p>Start at {@link Cluster}. {@link Oracle} checks the promises after every event with arithmetic
 * of its own.
 */
@NullMarked
package org.witan.validator.sim;

import org.jspecify.annotations.NullMarked;
