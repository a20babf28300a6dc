package org.witan.genesis.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Takes fields in canonical form from an array, front to back.
 *
 * <p>Every method checks what is left before it allocates and leaves the decoder with {@link
 * Malformed} when the bytes are bad, which only {@link Codec#decode} catches.
 */
public final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** One byte, 0 to 255. */
    public int u8() {
        need(1);
        return bytes[at++] & 0xff;
    }

    /** Two bytes, 0 to 65 535. */
    public int u16() {
        need(2);
        return (bytes[at++] & 0xff) << 8 | bytes[at++] & 0xff;
    }

    /** Four bytes whose first bit is 0. */
    public int u31() {
        need(4);
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        if (value < 0) {
            throw refuse("number over 2^31 - 1");
        }
        at += 4;
        return value;
    }

    /** Eight bytes whose first bit is 0. */
    public long u63() {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        if (value < 0) {
            throw refuse("number over 2^63 - 1");
        }
        at += 8;
        return value;
    }

    /** A byte that is 0 or 1. */
    public boolean bool() {
        need(1);
        if ((bytes[at] & 0xfe) != 0) {
            throw refuse("a truth value other than 0 and 1");
        }
        return bytes[at++] == 1;
    }

    /** The version byte of a type; refuses any other than {@code known}. */
    public void version(int known) {
        need(1);
        if ((bytes[at] & 0xff) != known) {
            throw refuse("version " + (bytes[at] & 0xff) + ", known is " + known);
        }
        at++;
    }

    /** Exactly {@code length} bytes, a fresh array. */
    public byte[] fixed(int length) {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Bytes behind a u8 length, at most {@code max}. */
    public byte[] bytes8(int max) {
        need(1);
        return prefixed(bytes[at] & 0xff, max, 1);
    }

    /** Bytes behind a u16 length, at most {@code max}. */
    public byte[] bytes16(int max) {
        need(2);
        return prefixed((bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff, max, 2);
    }

    /** Bytes behind a u31 length, at most {@code max}. */
    public byte[] bytes32(int max) {
        int length = u31();
        at -= 4;
        return prefixed(length, max, 4);
    }

    /** Well-formed UTF-8 behind a u8 length, at most {@code max} bytes. */
    public String text8(int max) {
        int start = at;
        return text(start, bytes8(max));
    }

    /** Well-formed UTF-8 behind a u16 length, at most {@code max} bytes. */
    public String text16(int max) {
        int start = at;
        return text(start, bytes16(max));
    }

    /**
     * A u16 count, at most {@code max}, then so many items.
     *
     * @param minimumSizeBytes least size of one item, from 1; a count that cannot fit into what is
     *     left is refused before anything is allocated
     */
    public <T> List<T> list16(int max, int minimumSizeBytes, Codec<T> codec) {
        need(2);
        int count = (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
        if (count > max) {
            throw refuse("count " + count + " over the limit of " + max);
        }
        if ((long) count * minimumSizeBytes > left() - 2) {
            throw refuse("count " + count + " cannot fit into " + (left() - 2) + " bytes");
        }
        at += 2;
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(codec.read(this));
        }
        return List.copyOf(items);
    }

    /** Bytes that are left. */
    public int left() {
        return bytes.length - at;
    }

    /** Offset of the next byte, from 0. */
    public int at() {
        return at;
    }

    /** The bytes between two offsets that were already read, a fresh array. */
    public byte[] slice(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Says that the bytes up to here are no value; use as {@code throw in.refuse(…)}. */
    public Malformed refuse(String why) {
        return new Malformed(at, why);
    }

    void end() {
        if (left() > 0) {
            throw refuse(left() + " bytes too many");
        }
    }

    private void need(int count) {
        if (left() < count) {
            throw refuse(left() + " bytes left where " + count + " are needed");
        }
    }

    private byte[] prefixed(int length, int max, int prefix) {
        if (length > max) {
            throw refuse("length " + length + " over the limit of " + max);
        }
        if (length > left() - prefix) {
            throw refuse("length " + length + " but " + (left() - prefix) + " bytes left");
        }
        at += prefix;
        return fixed(length);
    }

    private String text(int start, byte[] utf8) {
        try {
            // A fresh decoder reports malformed input, where new String would replace it.
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
        } catch (CharacterCodingException bad) {
            throw new Malformed(start, "text that is not UTF-8");
        }
    }
}
