/**
 * One authenticated, encrypted WebSocket per pair of nodes.
 *
 * <p>Start at {@link Links}. Below it, each in a package of its own: {@code guard} (the library
 * that carries bytes, and what it must not be allowed to do), {@code handshake} (who is there,
 * pure), {@code record} (what is sealed and how, pure), {@code dial} (who opens and when, pure) and
 * {@code session} (the threads of one link). None of those knows this package.
 *
 * <p>Threads: {@link Links} is safe for any thread; {@link LinkListener} is called by the reader of
 * one peer at a time. Source: docs/protocol/link.md.
 */
@NullMarked
package org.witan.validator.link;

import org.jspecify.annotations.NullMarked;
