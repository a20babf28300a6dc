/** Tests of what blocks are made of, and of what they do. */
@org.jspecify.annotations.NullMarked
package org.witan.validator.core.execution;
