/** What ends a node when a thread beside the node loop finds that it cannot go on. */
@NullMarked
package org.witan.validator.node.breakdown;

import org.jspecify.annotations.NullMarked;
