/**
 * Whole nodes in one thread and virtual time: a seed replays a network, its faults and its clients.
 *
 * <p>{@code plan} says what a run is made of, {@code carry} moves messages in virtual time, {@code
 * world} is the network, {@code oracle} what must hold in it, {@code course} what happens in it.
 * Here are the tests: by seed, and stories that are told without chance.
 */
@NullMarked
package org.witan.validator.sim;

import org.jspecify.annotations.NullMarked;
