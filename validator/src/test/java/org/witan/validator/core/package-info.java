/** Tests of a whole node's core, one input at a time. */
@org.jspecify.annotations.NullMarked
package org.witan.validator.core;
