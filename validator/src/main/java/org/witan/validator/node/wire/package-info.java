/** Messages of the core as links carry them. */
@NullMarked
package org.witan.validator.node.wire;

import org.jspecify.annotations.NullMarked;
