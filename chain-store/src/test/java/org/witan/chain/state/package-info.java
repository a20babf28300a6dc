/** What transactions do, and what they cannot do. */
@NullMarked
package org.witan.chain.state;

import org.jspecify.annotations.NullMarked;
