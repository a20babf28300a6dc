/** Rules about the sources themselves: {@link TidyTest} on their form, {@link ArchitectureTest}. */
@NullMarked
package org.witan;

import org.jspecify.annotations.NullMarked;
