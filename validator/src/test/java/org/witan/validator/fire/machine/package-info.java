/** What a test does to the machine beneath the processes: commands, disks, connections. */
@NullMarked
package org.witan.validator.fire.machine;

import org.jspecify.annotations.NullMarked;
