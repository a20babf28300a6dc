/** Tests of the transaction pool. */
@NullMarked
package org.witan.validator.pool;

import org.jspecify.annotations.NullMarked;
