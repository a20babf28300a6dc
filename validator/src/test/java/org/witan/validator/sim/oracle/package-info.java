/**
 * What must hold of whole nodes, checked from outside of them after every event.
 *
 * <p>Start at {@link Promise}, which numbers the promises and says where each is checked. {@link
 * Oracle} is told of everything that nodes write and send. It counts quorums, keeps the book of all
 * signatures and a ledger by hand, and uses no code of the engine for any of it.
 */
@NullMarked
package org.witan.validator.sim.oracle;

import org.jspecify.annotations.NullMarked;
