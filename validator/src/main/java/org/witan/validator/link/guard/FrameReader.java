package org.witan.validator.link.guard;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.java_websocket.enums.Opcode;
import org.java_websocket.framing.BinaryFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.FramedataImpl1;
import org.java_websocket.framing.PingFrame;
import org.java_websocket.framing.PongFrame;

/**
 * Cuts a stream of bytes into frames; holds at most one unfinished frame, and of that only what
 * arrived.
 */
final class FrameReader {
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MAX_HEADER_BYTES = 14;

    private byte[] held = new byte[0];
    private int size;
    private boolean broken;

    /** A parsed header. */
    private record Header(Opcode opcode, int headerBytes, int length, byte[] mask) {
        int total() {
            return headerBytes + length;
        }

        /** No header: {@link #MORE} bytes are needed, or they are {@link #BAD}. */
        static Header none(int why) {
            return new Header(Opcode.CONTINUOUS, 0, why, new byte[0]);
        }
    }

    private static final int MORE = -1;
    private static final int BAD = -2;

    /** Whole frames, in order; after a violation nothing more. */
    List<Framedata> read(ByteBuffer input, boolean expectMask) {
        List<Framedata> found = new ArrayList<>(4);
        while (!broken && (input.hasRemaining() || size > 0)) {
            top(input, Math.max(size, MAX_HEADER_BYTES));
            Header header = header(expectMask);
            if (header.length == BAD) {
                broken = true;
                reset();
                found.add(new Violation());
            } else if (header.length == MORE || !whole(input, header)) {
                break;
            } else {
                found.add(frame(header));
                giveBack(input, header.total());
            }
        }
        input.position(input.limit());
        return found;
    }

    /** Takes bytes until {@code target} are held. */
    private void top(ByteBuffer input, int target) {
        int count = Math.min(target - size, input.remaining());
        if (count <= 0) {
            return;
        }
        if (held.length < size + count) {
            held = Arrays.copyOf(held, Math.max(size + count, Math.min(2 * held.length, 1 << 17)));
        }
        input.get(held, size, count);
        size += count;
    }

    private boolean whole(ByteBuffer input, Header header) {
        top(input, header.total());
        return size >= header.total();
    }

    /** Bytes that were taken beyond this frame belong to the next one. */
    private void giveBack(ByteBuffer input, int total) {
        input.position(input.position() - (size - total));
        size = 0;
        if (held.length > 1 << 14) {
            held = new byte[0];
        }
    }

    private Header header(boolean expectMask) {
        if (size < 2) {
            return Header.none(MORE);
        }
        Opcode opcode = opcode(held[0] & 0xff);
        boolean masked = held[1] < 0;
        int code = held[1] & 0x7f;
        int lengthBytes = code < 126 ? 0 : code == 126 ? 2 : 8;
        int headerBytes = 2 + lengthBytes + (masked ? 4 : 0);
        if (opcode == Opcode.CONTINUOUS || masked != expectMask) {
            return Header.none(BAD);
        }
        if (size < headerBytes) {
            return Header.none(MORE);
        }
        long length = lengthBytes == 0 ? code : number(lengthBytes);
        long least = lengthBytes == 0 ? 0 : lengthBytes == 2 ? 126 : 1 << 16;
        long most = opcode == Opcode.BINARY ? Wire.MAX_FRAME_BYTES : MAX_CONTROL_BYTES;
        boolean empty = opcode == Opcode.BINARY && length == 0;
        if (length < least || length > most || empty) {
            return Header.none(BAD);
        }
        byte[] mask = masked ? Arrays.copyOfRange(held, headerBytes - 4, headerBytes) : new byte[0];
        return new Header(opcode, headerBytes, (int) length, mask);
    }

    /** The frame's kind; CONTINUOUS for all that links do not use. */
    private static Opcode opcode(int first) {
        return switch (first) {
            case 0x82 -> Opcode.BINARY;
            case 0x88 -> Opcode.CLOSING;
            case 0x89 -> Opcode.PING;
            case 0x8a -> Opcode.PONG;
            default -> Opcode.CONTINUOUS;
        };
    }

    private long number(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | held[2 + i] & 0xff;
        }
        return value < 0 ? Long.MAX_VALUE : value;
    }

    private Framedata frame(Header header) {
        byte[] payload = Arrays.copyOfRange(held, header.headerBytes(), header.total());
        if (header.mask().length > 0) {
            Frames.mask(payload, 0, payload.length, header.mask());
        }
        FramedataImpl1 frame =
                switch (header.opcode()) {
                    case PING -> new PingFrame();
                    case PONG -> new PongFrame();
                    case CLOSING -> new RawClose();
                    default -> new BinaryFrame();
                };
        frame.setPayload(ByteBuffer.wrap(payload));
        return frame;
    }

    void reset() {
        held = new byte[0];
        size = 0;
    }

    /** Stands for bytes that are no permitted frame. */
    static final class Violation extends FramedataImpl1 {
        Violation() {
            super(Opcode.BINARY);
        }

        @Override
        public void isValid() {
            // It is not, and nobody asks.
        }
    }

    /** A close frame whose payload the library does not interpret. */
    private static final class RawClose extends FramedataImpl1 {
        RawClose() {
            super(Opcode.CLOSING);
        }

        @Override
        public void isValid() {
            // Any payload is; the draft reads it.
        }
    }
}
