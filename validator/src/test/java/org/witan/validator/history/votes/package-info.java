/** Every vote that any node ever cast, and whether two of them contradict each other. */
@NullMarked
package org.witan.validator.history.votes;

import org.jspecify.annotations.NullMarked;
