/** Links as a node uses them, over real sockets on loopback. */
@NullMarked
package org.witan.validator.link;

import org.jspecify.annotations.NullMarked;
