/** What the disk does when it is treated badly. */
@NullMarked
package org.witan.chain.rocks;

import org.jspecify.annotations.NullMarked;
