/**
 * Who belongs to the network and how many of them decide.
 *
 * <p>Start at {@link Configuration}: all that consensus reads, with the hash that headers, votes
 * and certificates carry. {@link Quorum} is the only place that counts.
 *
 * <p>Pure. Source: docs/protocol/consensus.md, C1; docs/protocol/genesis.md.
 */
@NullMarked
package org.witan.genesis.membership;

import org.jspecify.annotations.NullMarked;
