/** Tests of the API, and the fakes that they and the client's tests stand on. */
@NullMarked
package org.witan.validator.api;

import org.jspecify.annotations.NullMarked;
