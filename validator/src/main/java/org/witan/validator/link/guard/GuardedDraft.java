package org.witan.validator.link.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.enums.Role;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;

/**
 * RFC 6455 as links need it: whole binary frames up to 65 600 bytes, close, a few pings.
 *
 * <p>Parses and builds frames itself, since the library allocates what a header announces, collects
 * fragments without end and masks byte by byte (G2, G7, G11). A frame that breaks the rules cuts
 * the connection without an exception or a line in the log.
 */
final class GuardedDraft extends Draft_6455 {
    /** The one subprotocol. */
    static final String SUBPROTOCOL = "wlh.1";

    private final FrameReader frames = new FrameReader();

    GuardedDraft() {
        super(List.of(), List.of(new Protocol(SUBPROTOCOL)), Wire.MAX_FRAME_BYTES);
    }

    @Override
    public Draft copyInstance() {
        return new GuardedDraft();
    }

    @Override
    public List<Framedata> translateFrame(ByteBuffer buffer) {
        return frames.read(buffer, getRole() == Role.SERVER);
    }

    @Override
    public ByteBuffer createBinaryFrame(Framedata frame) {
        return Frames.build(frame.getOpcode(), frame.getPayloadData(), getRole() == Role.CLIENT);
    }

    @Override
    public void processFrame(WebSocketImpl connection, Framedata frame)
            throws InvalidDataException {
        Wire wire = connection.getAttachment();
        if (frame instanceof FrameReader.Violation) {
            refuse(connection, wire);
        } else if (frame.getOpcode() == Opcode.BINARY) {
            if (!wire.arrived(frame.getPayloadData().array())) {
                refuse(connection, wire);
            }
        } else if (frame.getOpcode() == Opcode.CLOSING) {
            closed(connection, wire, frame.getPayloadData());
        } else if (wire.control()) {
            super.processFrame(connection, frame);
        } else {
            refuse(connection, wire);
        }
    }

    private static void refuse(WebSocketImpl connection, Wire wire) {
        wire.ends(new Wire.End(CloseFrame.PROTOCOL_ERROR, "broke the rules of frames", false));
        connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    }

    /** The other side closed: there is nothing to answer, the socket goes. */
    private static void closed(WebSocketImpl connection, Wire wire, ByteBuffer payload) {
        int code = CloseFrame.NOCODE;
        String reason = "";
        if (payload.remaining() >= 2) {
            code = payload.getShort() & 0xffff;
            reason = StandardCharsets.US_ASCII.decode(payload).toString();
        }
        wire.ends(new Wire.End(code, reason.replaceAll("[^ -~]", "?"), true));
        connection.closeConnection(CloseFrame.NORMAL, "", true);
    }

    @Override
    public void reset() {
        super.reset();
        frames.reset();
    }

    /** Two drafts are never interchangeable: each holds the rest of one connection's bytes. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
