/**
 * What a node writes to the ledger by itself, signed with its own key: that it runs, and that
 * another validator contradicted itself.
 *
 * <p>Start at {@link org.witan.validator.node.duty.Duties}. Source: docs/protocol/governance.md,
 * GV17 and GV18.
 */
@NullMarked
package org.witan.validator.node.duty;

import org.jspecify.annotations.NullMarked;
