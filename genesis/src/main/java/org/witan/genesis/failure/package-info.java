/**
 * The four kinds of failure and the one treatment that each gets.
 *
 * <p>Bad bytes of others are values ({@code Decoded.Bad}, a rejection), never exceptions. What an
 * operator can mend is an {@link OperatorError}. A disk that failed is {@code StoreFailed} of the
 * chain store. A broken promise of our own is {@link InvariantBroken}, raised by {@link Check}.
 *
 * <p>Pure. Source: docs/ARCHITECTURE.md, "Failures".
 */
@NullMarked
package org.witan.genesis.failure;

import org.jspecify.annotations.NullMarked;
