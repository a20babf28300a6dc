/** The tree against its definition. */
@NullMarked
package org.witan.chain.merkle;

import org.jspecify.annotations.NullMarked;
