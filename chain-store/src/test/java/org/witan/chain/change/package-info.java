/** Tests of the formats of governance. */
@NullMarked
package org.witan.chain.change;

import org.jspecify.annotations.NullMarked;
