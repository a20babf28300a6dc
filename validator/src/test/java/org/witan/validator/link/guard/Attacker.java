package org.witan.validator.link.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A bare socket that says whatever it likes. */
public final class Attacker implements AutoCloseable {
    /** A good upgrade that lacks only its last, empty line. */
    public static final String UPGRADE =
            "GET /link HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: wlh.1\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Attacker(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** Comes from another address of the loopback network. */
    public Attacker(int port, String from) throws IOException {
        socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), 5_000);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    Attacker say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends these bytes as they are. */
    public Attacker say(byte[] bytes) throws IOException {
        out.write(bytes);
        return this;
    }

    /** Completes the upgrade; answers the status line, or {@code closed} if it is cut. */
    public String upgrade(String request) throws IOException {
        StringBuilder head = new StringBuilder();
        try {
            say(request + "\r\n");
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return "closed";
                }
                head.append((char) next);
            }
        } catch (SocketException cut) {
            return "closed";
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    /** The next byte that the server sends, -1 at the end. */
    public int hears() throws IOException {
        return in.read();
    }

    /** A masked frame with any first byte and any declared length. */
    static byte[] frame(int first, long declared, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        int lengthBytes = declared < 126 ? 0 : declared < 1 << 16 ? 2 : 8;
        int code = lengthBytes == 0 ? (int) declared : lengthBytes == 2 ? 126 : 127;
        frame.write(0x80 | code);
        for (int i = lengthBytes - 1; i >= 0; i--) {
            frame.write((int) (declared >>> 8 * i));
        }
        byte[] mask = {1, 2, 3, 4};
        frame.writeBytes(mask);
        byte[] masked = payload.clone();
        Frames.mask(masked, 0, masked.length, mask);
        frame.writeBytes(masked);
        return frame.toByteArray();
    }

    /** A masked frame with any first byte. */
    public static byte[] frame(int first, byte[] payload) {
        return frame(first, payload.length, payload);
    }

    /** Whether the server closes within ten seconds; a close frame before that is read over. */
    public boolean isCut() {
        try {
            byte[] rest = new byte[4096];
            while (true) {
                if (in.read(rest) < 0) {
                    return true;
                }
            }
        } catch (SocketTimeoutException alive) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    /** Writes until the server has had enough; how many bytes it took. */
    long flood(byte[] block, long most) {
        long sent = 0;
        try {
            while (sent < most) {
                out.write(block);
                sent += block.length;
            }
        } catch (IOException cut) {
            return sent;
        }
        return sent;
    }

    /** Ends the socket under whoever still writes to it. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
