/** Whether the values on a node's disk are those that its ledger commits to. */
@NullMarked
package org.witan.validator.history.state;

import org.jspecify.annotations.NullMarked;
