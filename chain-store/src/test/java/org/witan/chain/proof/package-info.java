/** Proofs hold, and nothing that was changed does. */
@NullMarked
package org.witan.chain.proof;

import org.jspecify.annotations.NullMarked;
