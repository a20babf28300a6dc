/** Tests of what ends a node. */
@NullMarked
package org.witan.validator.node.breakdown;

import org.jspecify.annotations.NullMarked;
