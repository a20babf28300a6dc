/** The commands as an operator calls them. */
@NullMarked
package org.witan.chain.cli;

import org.jspecify.annotations.NullMarked;
