package org.witan.validator.link.keys;

import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;

/** Sets of 64 bits and random names, for which the codec's numbers of 63 bits are too small. */
public final class Bytes {
    private Bytes() {}

    /** The eight bytes from {@code at} on, big-endian. */
    public static long longAt(byte[] bytes, int at) {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = value << 8 | bytes[at + i] & 0xff;
        }
        return value;
    }

    /** Appends eight bytes, big-endian. */
    public static void u64(long value, Writer out) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (value >>> 56 - 8 * i);
        }
        out.fixed(bytes);
    }

    /** Takes eight bytes, big-endian. */
    public static long u64(Reader in) {
        return longAt(in.fixed(Long.BYTES), 0);
    }

    /** One array after the other. */
    public static byte[] join(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        byte[] joined = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
