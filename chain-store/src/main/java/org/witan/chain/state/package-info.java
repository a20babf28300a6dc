/**
 * The network state, and what transactions do to it.
 *
 * <p>Start at {@link Execution}: the same transactions on the same state give the same {@link
 * PostState} on every node, and bad transactions never throw. {@link StateReader} is how a state is
 * read, whether it lies on disk or is still an overlay of a block that is voted on.
 *
 * <p>Pure. Source: docs/protocol/ledger.md, S1 to S4 and X1 to X8.
 */
@NullMarked
package org.witan.chain.state;

import org.jspecify.annotations.NullMarked;
