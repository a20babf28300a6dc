/** Who gets into a network of real processes, and who does not. */
@NullMarked
package org.witan.validator.e2e.admission;

import org.jspecify.annotations.NullMarked;
