/**
 * How a member serves those that are behind, within a share that cannot slow the chain.
 *
 * <p>Start at {@link RangeServer#answer}. Blocks are copied from the store as they are stored;
 * nothing is decoded but one header.
 *
 * <p>Threads: one of the {@code reads} threads owns a server. Source: docs/protocol/catchup.md, K14
 * to K20.
 */
@NullMarked
package org.witan.catchup.serve;

import org.jspecify.annotations.NullMarked;
