/**
 * Whole networks of real processes, started from the packaged distribution on free ports.
 *
 * <p>Run after the build has packaged it; {@code witan.distribution} names its folder.
 */
@NullMarked
package org.witan.validator.e2e;

import org.jspecify.annotations.NullMarked;
