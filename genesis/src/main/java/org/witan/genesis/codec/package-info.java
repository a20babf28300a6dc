/**
 * Canonical bytes: one value has exactly one encoding.
 *
 * <p>Start at {@link Codec}. Big-endian, fixed field order, a version byte first in every top-level
 * type, length prefixes of 8, 16 or 32 bits, no maps and no floating point. A decoder checks every
 * count against the bytes that are left before it allocates, refuses trailing bytes and never
 * throws for bad input: it answers {@link Decoded.Bad} with the offset and the reason.
 *
 * <p>Pure. Source: docs/protocol/encoding.md.
 */
@NullMarked
package org.witan.genesis.codec;

import org.jspecify.annotations.NullMarked;
