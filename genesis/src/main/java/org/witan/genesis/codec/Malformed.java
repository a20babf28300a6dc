package org.witan.genesis.codec;

/**
 * How a {@link Reader} leaves a decoder half-way; {@link Codec#decode} turns it into a value.
 *
 * <p>Without a stack trace: bytes of a stranger must not be able to buy one.
 */
public final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    Malformed(int offset, String why) {
        super(why, null, false, false);
        this.offset = offset;
    }

    int offset() {
        return offset;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
