package org.witan.validator.link.record;

/**
 * Fills the plaintext of one DATA record with pieces of messages.
 *
 * <p>Piece: stream u8, flags u8 (1 first, 2 last), length u16, bytes. Several short messages share
 * a record; a long one spans several. Source: R2, R3.
 */
public final class Packer {
    /** Most plaintext that this node puts into a record. */
    public static final int MAX_BYTES = 16 << 10;

    static final int FIRST = 1;
    static final int LAST = 2;
    static final int HEADER_BYTES = 4;

    private final byte[] buffer = new byte[MAX_BYTES];
    private int size;

    /**
     * Takes as much of a message as fits.
     *
     * @param from how many of its bytes were taken before
     * @return how many are taken after; unchanged, or -1 for an empty message, if none fits
     */
    public int add(int stream, byte[] message, int from) {
        int room = MAX_BYTES - size - HEADER_BYTES;
        if (room < 0 || room == 0 && message.length > 0) {
            return message.length == 0 ? -1 : from;
        }
        int length = Math.min(room, message.length - from);
        int flags = (from == 0 ? FIRST : 0) | (from + length == message.length ? LAST : 0);
        buffer[size] = (byte) stream;
        buffer[size + 1] = (byte) flags;
        buffer[size + 2] = (byte) (length >>> 8);
        buffer[size + 3] = (byte) length;
        System.arraycopy(message, from, buffer, size + HEADER_BYTES, length);
        size += HEADER_BYTES + length;
        return from + length;
    }

    /** Whether there is room for a piece that is worth its header. */
    public boolean hasRoom() {
        return size <= MAX_BYTES - 64;
    }

    /** Bytes so far. */
    public int size() {
        return size;
    }

    /** Seals what was added, and starts anew. */
    public byte[] seal(Sealer sealer) {
        byte[] frame = sealer.seal(RecordType.DATA, buffer, 0, size);
        size = 0;
        return frame;
    }
}
