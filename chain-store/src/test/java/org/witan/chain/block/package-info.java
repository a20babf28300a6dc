/** One value, one encoding, and no bytes that harm. */
@NullMarked
package org.witan.chain.block;

import org.jspecify.annotations.NullMarked;
