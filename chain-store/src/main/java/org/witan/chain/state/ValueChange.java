package org.witan.chain.state;

import java.util.Optional;

/**
 * What a block did to one path. The arrays are not copied.
 *
 * @param before the value of the parent's state, empty if there was none
 * @param after the value from this block on, empty if it was removed
 */
public record ValueChange(Optional<byte[]> before, Optional<byte[]> after) {}
