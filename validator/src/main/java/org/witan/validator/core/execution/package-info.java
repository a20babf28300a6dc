/**
 * Blocks above the committed tip: executing, building and committing them.
 *
 * <p>Start at {@link Chain}. Confined to the node loop; pure.
 */
@NullMarked
package org.witan.validator.core.execution;

import org.jspecify.annotations.NullMarked;
