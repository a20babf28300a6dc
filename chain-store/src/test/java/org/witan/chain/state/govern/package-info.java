/** Tests of governance. */
@NullMarked
package org.witan.chain.state.govern;

import org.jspecify.annotations.NullMarked;
