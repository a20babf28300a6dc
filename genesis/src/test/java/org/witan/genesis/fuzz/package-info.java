/**
 * What fuzz targets of all modules share.
 *
 * <p>Start at {@link org.witan.genesis.fuzz.FuzzTarget}: a default build replays each target's
 * committed inputs; {@code ./mvnw test-compile surefire:test@fuzz} looks for new ones. Source:
 * docs/testing.md.
 */
@NullMarked
package org.witan.genesis.fuzz;

import org.jspecify.annotations.NullMarked;
