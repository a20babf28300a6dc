package org.witan.validator.link.handshake;

/**
 * How far a node says it is. A hint: only a certificate proves a height.
 *
 * @param height finalized height
 * @param epoch number of the epoch in force there
 */
public record Position(long height, long epoch) {
    /** A node that has nothing but the genesis. */
    public static final Position GENESIS = new Position(0, 1);
}
