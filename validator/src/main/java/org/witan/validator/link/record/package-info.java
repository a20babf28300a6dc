/**
 * Sealed records: what travels over a link after the handshake.
 *
 * <p>{@link Sealer} and {@link Opener} hold the keys of one direction each, {@link Packer} fills
 * records with pieces of messages, {@link Assembler} joins them again. Pure; each object belongs to
 * one thread. Source: docs/protocol/link.md, rules R1 to R6.
 */
@NullMarked
package org.witan.validator.link.record;

import org.jspecify.annotations.NullMarked;
