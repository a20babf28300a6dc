/**
 * Hashes as six words that people can read to each other.
 *
 * <p>Pure. Source: docs/protocol/genesis.md, G6.
 */
@NullMarked
package org.witan.genesis.words;

import org.jspecify.annotations.NullMarked;
