package org.witan.genesis.keyfile;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The little of ASN.1's DER that key files need: elements of a one-byte tag and a definite length.
 *
 * <p>An instance takes elements of an array one by one and throws IllegalArgumentException where
 * the bytes are something else.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int OCTETS = 0x04;
    static final int OID = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /** An element of this tag around the parts one after the other. */
    static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >>> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A positive integer. */
    static byte[] integer(int value) {
        int size = 1 + (32 - Integer.numberOfLeadingZeros(value)) / 8;
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (value >>> 8 * (size - 1 - i));
        }
        return element(INTEGER, content);
    }

    /** An object identifier from the hex of its content. */
    static byte[] oid(String hex) {
        return element(OID, HexFormat.of().parseHex(hex));
    }

    /** The content of the next element, which must have this tag. */
    byte[] take(int tag) {
        if (at + 2 > bytes.length || (bytes[at] & 0xff) != tag) {
            throw new IllegalArgumentException("byte " + at + ": not the expected element");
        }
        int length = bytes[at + 1] & 0xff;
        at += 2;
        if (length >= 0x80) {
            int count = length & 0x7f;
            if (count < 1 || count > 2 || at + count > bytes.length) {
                throw new IllegalArgumentException("byte " + at + ": a length out of range");
            }
            length = bytes[at] & 0xff;
            if (count == 2) {
                length = length << 8 | bytes[at + 1] & 0xff;
            }
            at += count;
        }
        if (length > bytes.length - at) {
            throw new IllegalArgumentException("byte " + at + ": an element beyond the end");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** A positive integer of at most 31 bits. */
    int takeInteger() {
        byte[] content = take(INTEGER);
        if (content.length < 1 || content.length > 4 || content[0] < 0) {
            throw new IllegalArgumentException("a number out of range");
        }
        int value = 0;
        for (byte part : content) {
            value = value << 8 | part & 0xff;
        }
        return value;
    }

    /** A reader of the elements in the next sequence. */
    Der takeSequence() {
        return new Der(take(SEQUENCE));
    }

    /** The object identifier that comes next, as the hex of its content. */
    String takeOid() {
        return HexFormat.of().formatHex(take(OID));
    }

    /** Whether the next element has this tag. */
    boolean isNext(int tag) {
        return at < bytes.length && (bytes[at] & 0xff) == tag;
    }

    /** Whether nothing is left. */
    boolean isAtEnd() {
        return at == bytes.length;
    }
}
