/**
 * Changes of the network that organisations decide on, and what the state records of them.
 *
 * <p>Start at {@link Change}: what is proposed. {@link Proposal} is one change on its way, {@link
 * Council} who decides and what is open. What a change does is in {@code
 * org.witan.chain.state.govern}.
 *
 * <p>Pure. Source: docs/protocol/governance.md.
 */
@NullMarked
package org.witan.chain.change;

import org.jspecify.annotations.NullMarked;
