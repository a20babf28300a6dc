/** What operators do with the command line and from the pages of docs/operating. */
@NullMarked
package org.witan.validator.e2e.operating;

import org.jspecify.annotations.NullMarked;
