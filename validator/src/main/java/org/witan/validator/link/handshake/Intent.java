package org.witan.validator.link.handshake;

/** Why an initiator opens (rules W3, W4). The ordinal is the flags byte of its proof. */
public enum Intent {
    /** To link: it is the one of the pair that opens. */
    LINK,
    /** To say that it is there: it is closed with 4404, and the other side opens. */
    KNOCK,
    /** To link although the other side should open, since that side cannot reach it. */
    RESCUE
}
