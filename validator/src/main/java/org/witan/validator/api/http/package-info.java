/**
 * The HTTP server of the API: who may ask, what paths there are, and how much a caller may use.
 *
 * <p>Start at {@link ApiServer}. A request passes {@link Connections} (how many, how slow), {@link
 * Gate} (which names and origins), and then the routes and endpoints of the package beside this
 * one, which answer with values. Only this package speaks to Helidon.
 *
 * <p>Threads: one virtual thread per connection; nothing is shared but immutable snapshots, the
 * counters of connections and the permits of reads. Source: docs/operating/api.md.
 */
@NullMarked
package org.witan.validator.api.http;

import org.jspecify.annotations.NullMarked;
