package org.witan.genesis.codec;

/**
 * What a decoder made of some bytes: a value, or the place and the reason why there is none.
 *
 * @param <T> the type of the value
 */
public sealed interface Decoded<T> {
    /**
     * The bytes are the one encoding of this value.
     *
     * @param value what they mean
     */
    record Ok<T>(T value) implements Decoded<T> {}

    /**
     * The bytes are not the encoding of any value.
     *
     * @param offset first byte, from 0, at which this shows
     * @param why for people, never built from more than 100 bytes of the input
     */
    record Bad<T>(int offset, String why) implements Decoded<T> {}

    /**
     * The value of bytes that cannot be bad, because this program wrote them.
     *
     * @throws IllegalStateException if they are bad after all
     */
    default T orThrow() {
        return switch (this) {
            case Ok<T>(var value) -> value;
            case Bad<T>(var offset, var why) ->
                    throw new IllegalStateException("byte " + offset + ": " + why);
        };
    }
}
