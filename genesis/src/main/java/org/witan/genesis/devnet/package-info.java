/**
 * A network for trying things out, founded in one go: all keys are made here, which in a real
 * network no single program ever sees.
 *
 * <p>Source: docs/protocol/genesis.md, G12.
 */
@NullMarked
package org.witan.genesis.devnet;

import org.jspecify.annotations.NullMarked;
