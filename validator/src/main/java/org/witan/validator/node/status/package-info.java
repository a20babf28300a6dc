/** What a node says of itself every few seconds. */
@NullMarked
package org.witan.validator.node.status;

import org.jspecify.annotations.NullMarked;
