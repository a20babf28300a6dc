/** What a run is made of: sizes, faults, ways, and mistakes that are planted. */
@NullMarked
package org.witan.validator.sim.plan;

import org.jspecify.annotations.NullMarked;
