/** Asking whether a node answers, without being one. Source: docs/protocol/link.md, rule W2. */
@NullMarked
package org.witan.validator.link.probe;

import org.jspecify.annotations.NullMarked;
