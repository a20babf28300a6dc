/**
 * How a node whose store is empty begins with a snapshot: before it takes part, on links of its
 * own, with nothing but the requests of catch-up.
 *
 * <p>Start at {@link Joining}. {@code Staging} keeps verified chunks on disk until they are whole,
 * so that a killed process goes on where it was.
 *
 * <p>Threads: the one that starts the node; links hand over through a short queue. Source:
 * docs/protocol/catchup.md, K18 to K23.
 */
@NullMarked
package org.witan.validator.node.join;

import org.jspecify.annotations.NullMarked;
