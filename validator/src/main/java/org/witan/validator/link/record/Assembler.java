package org.witan.validator.link.record;

import java.util.Arrays;

/**
 * Joins pieces to messages again; pieces of different streams may alternate.
 *
 * <p>Memory grows with what arrived, never with what was announced.
 */
public final class Assembler {
    private final int[] limits;
    private final byte[][] partial;
    private final int[] sizes;

    /** Where whole messages go. */
    @FunctionalInterface
    public interface Sink {
        /** One message of a stream, owned by the receiver. */
        void message(int stream, byte[] message);
    }

    /**
     * An assembler for streams 0 to n-1.
     *
     * @param limits greatest message of each stream in bytes
     */
    public Assembler(int... limits) {
        this.limits = limits.clone();
        partial = new byte[limits.length][];
        sizes = new int[limits.length];
        Arrays.fill(sizes, -1);
    }

    /** Takes the plaintext of a DATA record; false if it breaks the rules. */
    public boolean take(byte[] plaintext, Sink sink) {
        int at = 0;
        while (at < plaintext.length) {
            if (plaintext.length - at < Packer.HEADER_BYTES) {
                return false;
            }
            int stream = plaintext[at] & 0xff;
            int flags = plaintext[at + 1] & 0xff;
            int length = (plaintext[at + 2] & 0xff) << 8 | plaintext[at + 3] & 0xff;
            at += Packer.HEADER_BYTES;
            if (stream >= limits.length || flags > 3 || length > plaintext.length - at) {
                return false;
            }
            if (!piece(stream, flags, Arrays.copyOfRange(plaintext, at, at + length), sink)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    private boolean piece(int stream, int flags, byte[] bytes, Sink sink) {
        boolean first = (flags & Packer.FIRST) != 0;
        boolean last = (flags & Packer.LAST) != 0;
        if (first != sizes[stream] < 0) {
            return false;
        }
        if (first && last) {
            if (bytes.length > limits[stream]) {
                return false;
            }
            sink.message(stream, bytes);
            return true;
        }
        if (!grow(stream, bytes)) {
            return false;
        }
        if (last) {
            byte[] message = Arrays.copyOf(partial[stream], sizes[stream]);
            partial[stream] = new byte[0];
            sizes[stream] = -1;
            sink.message(stream, message);
        }
        return true;
    }

    private boolean grow(int stream, byte[] bytes) {
        int size = Math.max(sizes[stream], 0);
        // A piece without bytes that is neither first nor last would cost time and move nothing.
        if (size + bytes.length > limits[stream] || bytes.length == 0) {
            return false;
        }
        byte[] held = size == 0 ? new byte[0] : partial[stream];
        if (held.length < size + bytes.length) {
            held = Arrays.copyOf(held, Math.max(size + bytes.length, 2 * held.length));
        }
        System.arraycopy(bytes, 0, held, size, bytes.length);
        partial[stream] = held;
        sizes[stream] = size + bytes.length;
        return true;
    }
}
