/**
 * What epochs of the ledger mean for links: keys that only later epochs know.
 *
 * <p>Start at {@link EpochProofs}. Source: docs/protocol/link.md, H10.
 */
@NullMarked
package org.witan.validator.node.epoch;

import org.jspecify.annotations.NullMarked;
