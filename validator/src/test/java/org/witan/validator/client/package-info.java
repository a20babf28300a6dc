/** Tests of the client against the real server. */
@NullMarked
package org.witan.validator.client;

import org.jspecify.annotations.NullMarked;
