package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;

/**
 * The label of a member, an organisation or a client: unique in the network, stable across keys.
 *
 * <p>1 to 63 of {@code [a-z0-9-]}, starting and ending with a letter or digit; ordered as unsigned
 * bytes. Wire: a u8 length and the bytes.
 *
 * @param value the label
 */
public record NodeId(String value) implements Comparable<NodeId> {
    /** Longest label in bytes. */
    public static final int MAX_BYTES = 63;

    /** A u8 length, then the label in ASCII. */
    public static final Codec<NodeId> CODEC =
            new Codec<>(
                    (id, out) -> out.text8(id.value),
                    in -> {
                        String text = in.text8(MAX_BYTES);
                        if (!isValid(text)) {
                            throw in.refuse("not an id");
                        }
                        return new NodeId(text);
                    });

    /**
     * Checks the label.
     *
     * @throws IllegalArgumentException if {@link #isValid} says no
     */
    public NodeId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "an id has 1 to 63 of a-z, 0-9 and -, with no - at either end");
        }
    }

    /** Whether {@code text} can be an id. */
    public static boolean isValid(String text) {
        int length = text.length();
        return length >= 1
                && length <= MAX_BYTES
                && text.chars().allMatch(c -> isLetterOrDigit(c) || c == '-')
                && isLetterOrDigit(text.charAt(0))
                && isLetterOrDigit(text.charAt(length - 1));
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
