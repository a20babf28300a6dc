/**
 * The paths of the API and what each answers.
 *
 * <p>Start at {@link Routes}: it finds the endpoint of a request. An endpoint takes a {@link Call}
 * and gives an {@link Answer}, or ends with {@link Refused}; it knows nothing of sockets.
 *
 * <p>Threads: endpoints run on the thread of their request; nothing is shared but the permits of
 * {@code Reads}. Source: docs/operating/api.md.
 */
@NullMarked
package org.witan.validator.api.endpoint;

import org.jspecify.annotations.NullMarked;
