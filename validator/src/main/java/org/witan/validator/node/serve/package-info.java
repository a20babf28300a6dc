/** Who may have how much of this node read for it at a time. */
@NullMarked
package org.witan.validator.node.serve;

import org.jspecify.annotations.NullMarked;
