/**
 * What governance does to the network state: changes, approvals, keys.
 *
 * <p>Start at {@link Governance#execute}: one operation of a transaction, all of it or none.
 *
 * <p>Pure. Source: docs/protocol/governance.md, GV1 to GV12.
 */
@NullMarked
package org.witan.chain.state.govern;

import org.jspecify.annotations.NullMarked;
