/**
 * What this node knows of the others, and what it wants from them.
 *
 * <p>Start at {@link Peers}: who is there, who was heard, who may ask again. {@link Wants} keeps
 * what must be fetched, from whom and when to ask the next one.
 *
 * <p>Pure. Threads: confined to the node loop. Source: docs/protocol/consensus.md, C6, C12, C13.
 */
@NullMarked
package org.witan.validator.consensus.peer;

import org.jspecify.annotations.NullMarked;
