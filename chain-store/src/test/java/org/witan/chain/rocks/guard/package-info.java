/** Tests of what a node keeps outside its database. */
@NullMarked
package org.witan.chain.rocks.guard;

import org.jspecify.annotations.NullMarked;
