/**
 * {@code witan upgrade}: another release for all nodes, and the protocol level that it brings.
 *
 * <p>Start at {@link UpgradeCommand}. Organisations plan, finalise and abort with their governance
 * keys; a node's operator takes the permit to restart and reports with the node's key. Source:
 * docs/protocol/governance.md, GV13 to GV16.
 */
@NullMarked
package org.witan.validator.cli.upgrade;

import org.jspecify.annotations.NullMarked;
