/** Tests of newcomers and followers. */
@NullMarked
package org.witan.validator.node.admit;

import org.jspecify.annotations.NullMarked;
