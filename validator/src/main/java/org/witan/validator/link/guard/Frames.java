package org.witan.validator.link.guard;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;
import org.java_websocket.enums.Opcode;

/** Builds frames and masks eight bytes at a time (G11). */
final class Frames {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Frames() {}

    /** Header and payload of a whole frame, masked as clients must. */
    static ByteBuffer build(Opcode opcode, ByteBuffer payload, boolean masked) {
        int length = payload.remaining();
        int lengthBytes = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
        int headerBytes = 2 + lengthBytes + (masked ? 4 : 0);
        byte[] bytes = new byte[headerBytes + length];
        bytes[0] = (byte) (0x80 | code(opcode));
        int first = lengthBytes == 0 ? length : lengthBytes == 2 ? 126 : 127;
        bytes[1] = (byte) (first | (masked ? 0x80 : 0));
        for (int i = 0; i < lengthBytes; i++) {
            bytes[2 + i] = (byte) ((long) length >>> 8 * (lengthBytes - 1 - i));
        }
        payload.duplicate().get(bytes, headerBytes, length);
        if (masked) {
            // The mask only has to differ from frame to frame: records are sealed anyway.
            int word = ThreadLocalRandom.current().nextInt();
            byte[] mask = {
                (byte) (word >>> 24), (byte) (word >>> 16), (byte) (word >>> 8), (byte) word
            };
            System.arraycopy(mask, 0, bytes, headerBytes - 4, 4);
            mask(bytes, headerBytes, bytes.length, mask);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static int code(Opcode opcode) {
        return switch (opcode) {
            case BINARY -> 2;
            case CLOSING -> 8;
            case PING -> 9;
            case PONG -> 10;
            case CONTINUOUS, TEXT -> throw new IllegalStateException("links send no " + opcode);
        };
    }

    /** Exclusive-ors four bytes over a range, over and over. */
    static void mask(byte[] bytes, int from, int to, byte[] mask) {
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | mask[i & 3] & 0xff;
        }
        int at = from;
        for (; at + 8 <= to; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ word);
        }
        for (; at < to; at++) {
            bytes[at] ^= mask[at - from & 3];
        }
    }
}
