/**
 * The voting rules of consensus as a small model, searched exhaustively:
 * docs/protocol/model/README.md.
 *
 * <p>Start at {@link Model}. Nothing here uses the engine's code.
 */
@NullMarked
package org.witan.validator.consensus.statespace;

import org.jspecify.annotations.NullMarked;
