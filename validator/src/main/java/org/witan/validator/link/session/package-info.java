/**
 * The threads of one link: the handshake over a wire, then a reader and a writer.
 *
 * <p>Start at {@link Handshaker} and {@link Session}. Virtual threads run both; key agreement for
 * strangers runs in the one thread of {@link CryptoGate}. Source: docs/protocol/link.md, rules H6,
 * R1 to R6, K1.
 */
@NullMarked
package org.witan.validator.link.session;

import org.jspecify.annotations.NullMarked;
