/**
 * How commands talk to a node: HTTP/1.1 over a plain socket that stays open.
 *
 * <p>Start at {@link org.witan.validator.cli.http.NodeClient}. It is small on purpose: the clients
 * of the Java platform and of the libraries cost more time to load than most commands take, and
 * more processor time per request than a node needs to answer it. The other end is always a node of
 * Witan; what it sends is bounded and checked all the same.
 */
@NullMarked
package org.witan.validator.cli.http;

import org.jspecify.annotations.NullMarked;
