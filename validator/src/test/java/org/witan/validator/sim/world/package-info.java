/**
 * A network of whole nodes in one thread and virtual time: disks, clocks, ways between them,
 * clients.
 *
 * <p>Start at {@link Cluster}. Nothing here happens by itself: a course of events makes it happen,
 * and a seed replays it. The core of a simulated node is the one that real nodes run.
 */
@NullMarked
package org.witan.validator.sim.world;

import org.jspecify.annotations.NullMarked;
