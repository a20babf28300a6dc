/** Small files, and power cuts while they are written. */
@NullMarked
package org.witan.genesis.file;

import org.jspecify.annotations.NullMarked;
