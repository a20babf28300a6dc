package org.witan.validator.link.dial;

import org.witan.validator.link.handshake.CloseCode;

/**
 * A newly authenticated link of a pair that has one already: which of the two holds (D1 to D4).
 *
 * <p>Both ends decide by themselves and come to the same end, since each sees the same instances,
 * and the same opener by the same rule W1. Pure.
 *
 * @param sameInstance whether the other side is the same process in both
 * @param openedByUs whether this node opened the new one
 * @param heldOpenedByUs whether it opened the one that holds
 * @param direction which of the two nodes opens by W1, as this node sees it
 */
public record Rival(
        boolean sameInstance, boolean openedByUs, boolean heldOpenedByUs, Direction direction) {
    /** Whether the new one takes its place at once; otherwise only if the old one is silent. */
    public boolean replaces() {
        boolean sameOpener = openedByUs == heldOpenedByUs;
        boolean byOpener = openedByUs == (direction == Direction.OPENS);
        return sameInstance && (sameOpener || byOpener);
    }

    /** With which code the new one is closed if the old one answers. */
    public int refusal() {
        return sameInstance ? CloseCode.DUPLICATE : CloseCode.SECOND_INSTANCE;
    }
}
