/**
 * Bad inputs of every kind that people and strangers hand in, as files, and what is said of each.
 *
 * <p>Start at {@link org.witan.validator.bad.BadInputTest}. Source: docs/testing.md.
 */
@NullMarked
package org.witan.validator.bad;

import org.jspecify.annotations.NullMarked;
