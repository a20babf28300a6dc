/**
 * How somebody whom the ledger does not know yet becomes a member: it shows a redemption of its
 * invitation in the handshake, and who hears it takes it to the ledger.
 *
 * <p>Source: docs/protocol/governance.md, GV20; docs/protocol/link.md, H11.
 */
@NullMarked
package org.witan.validator.node.admit;

import org.jspecify.annotations.NullMarked;
