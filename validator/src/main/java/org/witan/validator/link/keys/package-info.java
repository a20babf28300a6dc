/**
 * Key schedule, suites and fresh secrets of WLH/1.
 *
 * <p>Start at {@link KeySchedule}. Pure: random bytes come in through {@link Secrets}. Source:
 * docs/protocol/link.md, rule H4.
 */
@NullMarked
package org.witan.validator.link.keys;

import org.jspecify.annotations.NullMarked;
