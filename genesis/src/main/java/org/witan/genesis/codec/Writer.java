package org.witan.genesis.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.witan.genesis.failure.Check;

/** Appends fields in canonical form to a growing array. Every method answers this writer. */
public final class Writer {
    private byte[] buffer = new byte[256];
    private int size;

    /** One byte, 0 to 255. */
    public Writer u8(int value) {
        Check.invariant(value >= 0 && value <= 0xff, "u8 %d", value);
        room(1);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Two bytes, 0 to 65 535. */
    public Writer u16(int value) {
        Check.invariant(value >= 0 && value <= 0xffff, "u16 %d", value);
        room(2);
        buffer[size++] = (byte) (value >>> 8);
        buffer[size++] = (byte) value;
        return this;
    }

    /** Four bytes, 0 to 2^31 - 1. */
    public Writer u31(int value) {
        Check.invariant(value >= 0, "u31 %d", value);
        room(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** Eight bytes, 0 to 2^63 - 1. */
    public Writer u63(long value) {
        Check.invariant(value >= 0, "u63 %d", value);
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            buffer[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    /** A byte that is 0 or 1. */
    public Writer bool(boolean value) {
        return u8(value ? 1 : 0);
    }

    /** Bytes of a length that the format fixes; no prefix. */
    public Writer fixed(byte[] bytes) {
        room(bytes.length);
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** Up to 255 bytes behind a u8 length. */
    public Writer bytes8(byte[] bytes) {
        return u8(bytes.length).fixed(bytes);
    }

    /** Up to 65 535 bytes behind a u16 length. */
    public Writer bytes16(byte[] bytes) {
        return u16(bytes.length).fixed(bytes);
    }

    /** Bytes behind a u31 length. */
    public Writer bytes32(byte[] bytes) {
        return u31(bytes.length).fixed(bytes);
    }

    /** A text of up to 255 bytes of UTF-8 behind a u8 length. */
    public Writer text8(String text) {
        return bytes8(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text of up to 65 535 bytes of UTF-8 behind a u16 length. */
    public Writer text16(String text) {
        return bytes16(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A u16 count, then the items in their order. */
    public <T> Writer list16(Collection<T> items, Codec<T> codec) {
        u16(items.size());
        items.forEach(item -> codec.write(item, this));
        return this;
    }

    /** Bytes appended so far. */
    public int size() {
        return size;
    }

    /** A copy of what was appended. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    private void room(int more) {
        if (buffer.length - size < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, size + more));
        }
    }
}
