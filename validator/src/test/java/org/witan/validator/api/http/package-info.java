/** Tests of the HTTP server over real sockets. */
@NullMarked
package org.witan.validator.api.http;

import org.jspecify.annotations.NullMarked;
