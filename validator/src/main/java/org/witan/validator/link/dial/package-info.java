/**
 * Who opens a link, and when. Pure: time and chance are arguments.
 *
 * <p>Source: docs/protocol/link.md, rules W1 to W7.
 */
@NullMarked
package org.witan.validator.link.dial;

import org.jspecify.annotations.NullMarked;
