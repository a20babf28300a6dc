/**
 * The verbs by which organisations change the network and members speak for themselves: {@code
 * member}, {@code config params|propose}, {@code key rotate}.
 *
 * <p>Start at {@link org.witan.validator.cli.govern.Decision}: shows what a change does, has it
 * signed, waits for it and says when it is in force. What is shown and signed is decoded here from
 * the change's own bytes, never taken from a node's words. Source: docs/protocol/governance.md.
 */
@NullMarked
package org.witan.validator.cli.govern;

import org.jspecify.annotations.NullMarked;
