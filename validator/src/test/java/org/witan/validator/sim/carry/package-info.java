/**
 * Virtual time, and how messages travel in it: one by one as values, or in the records of links.
 *
 * <p>Start at {@link Timeline}; then {@link SimNetwork}, which loses, delays and cuts, and {@link
 * SimLinks}, which runs the queues, pieces and records of real links over it.
 */
@NullMarked
package org.witan.validator.sim.carry;

import org.jspecify.annotations.NullMarked;
