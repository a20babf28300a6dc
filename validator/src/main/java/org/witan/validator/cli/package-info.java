/** The command line: every verb of {@code witan} and the options that belong to it. */
@NullMarked
package org.witan.validator.cli;

import org.jspecify.annotations.NullMarked;
