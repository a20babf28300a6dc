/**
 * Faults on real processes: killed, cut from power, cut from each other, frozen, out of disk.
 *
 * <p>Clients outside the nodes write a history while a fault happens; afterwards {@link
 * org.witan.validator.fire.Evidence} compares it with the ledgers on the disks and with every vote
 * that any node ever cast. What needs root, loop devices or network namespaces is skipped, with the
 * reason, where the machine has none.
 */
@NullMarked
package org.witan.validator.fire;

import org.jspecify.annotations.NullMarked;
