/**
 * Transactions that wait for a block.
 *
 * <p>Start at {@link Pool}. It knows sizes, senders and ages; whether a transaction is valid is
 * decided before it comes here. {@link Gossip} packs what this node's own clients sent for the
 * other validators.
 *
 * <p>Pure; confined to the node loop. Source: docs/protocol/consensus.md, C20 and C21.
 */
@NullMarked
package org.witan.validator.pool;

import org.jspecify.annotations.NullMarked;
