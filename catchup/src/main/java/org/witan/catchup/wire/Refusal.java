package org.witan.catchup.wire;

import org.witan.genesis.codec.Codec;

/**
 * Why a member does not answer a request with what was asked. The order is its place in formats.
 */
public enum Refusal {
    /** The asker's share is used up; it may ask again after the pause that the refusal names. */
    BUSY,
    /** The first height or epoch is after the last, or 0, or more is asked than a reply holds. */
    BAD_REQUEST,
    /** The range ends above what this member can prove. */
    BEYOND_TIP,
    /** This member no longer keeps these blocks. */
    NOT_KEPT;

    /** One byte. */
    public static final Codec<Refusal> CODEC =
            new Codec<>(
                    (refusal, out) -> out.u8(refusal.ordinal()),
                    in -> {
                        int code = in.u8();
                        if (code >= values().length) {
                            throw in.refuse("unknown refusal " + code);
                        }
                        return values()[code];
                    });
}
