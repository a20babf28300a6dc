/** Tests of the node process's own parts. */
@NullMarked
package org.witan.validator.node;

import org.jspecify.annotations.NullMarked;
