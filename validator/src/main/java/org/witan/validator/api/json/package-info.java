/**
 * The bodies that the HTTP API answers with, as JSON trees.
 *
 * <p>Start at {@link Json}: every body begins with {@code network} and {@code height}. Names and
 * order of the fields are part of the interface; golden files hold one body of each kind.
 *
 * <p>Threads: no state. Source: docs/operating/api.md.
 */
@NullMarked
package org.witan.validator.api.json;

import org.jspecify.annotations.NullMarked;
