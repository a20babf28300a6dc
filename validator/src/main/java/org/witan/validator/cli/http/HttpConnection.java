package org.witan.validator.cli.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One open connection to a node; one request at a time.
 *
 * <p>After an exception the connection is of no further use. Confined to one thread.
 */
public final class HttpConnection implements AutoCloseable {
    private static final int MAX_HEAD_BYTES = 16 << 10;
    private static final int MAX_BODY_BYTES = 64 << 20;

    private final Closeable socket;
    private final InputStream in;
    private final OutputStream out;
    private final String authority;

    private HttpConnection(Socket socket, String authority) throws IOException {
        this.socket = socket;
        this.authority = authority;
        in = new BufferedInputStream(socket.getInputStream(), 8 << 10);
        out = socket.getOutputStream();
    }

    /** A connection over streams that are open already; closing it closes them. */
    HttpConnection(InputStream input, OutputStream output, String authority) {
        this.socket = input;
        this.authority = authority;
        in = new BufferedInputStream(input, 8 << 10);
        out = output;
    }

    /**
     * Opens a connection.
     *
     * @param timeoutMillis longest time to connect, and later to wait for each piece of an answer
     */
    public static HttpConnection open(NodeAddress address, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(
                    new InetSocketAddress(address.bareHost(), address.port()), timeoutMillis);
            return new HttpConnection(socket, address.authority());
        } catch (IOException failed) {
            socket.close();
            throw failed;
        }
    }

    /** Sends a request and waits for its answer. */
    public Answer exchange(Request request) throws IOException {
        out.write(request.wire(authority));
        int status = status(line());
        Head head = head();
        byte[] body;
        if (head.chunked) {
            body = chunks();
        } else if (head.length >= 0) {
            body = bytes(head.length);
        } else if (status == 204 || status == 304) {
            body = new byte[0];
        } else {
            body = in.readNBytes(MAX_BODY_BYTES);
        }
        return new Answer(status, body);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static int status(String line) throws ProtocolException {
        if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
            throw new ProtocolException("the answer is not HTTP");
        }
        return Integer.parseInt(line, 9, 12, 10);
    }

    /** What the header fields say about the body. */
    private record Head(long length, boolean chunked) {}

    private Head head() throws IOException {
        long length = -1;
        boolean chunked = false;
        int left = MAX_HEAD_BYTES;
        for (String field = line(); !field.isEmpty(); field = line()) {
            left -= field.length();
            if (left < 0) {
                throw new ProtocolException("the answer's head is too long");
            }
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = number(lower.substring("content-length:".length()).strip(), 10);
            } else if (lower.startsWith("transfer-encoding:")) {
                chunked = lower.endsWith("chunked");
            }
        }
        return new Head(length, chunked);
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            long size = number(line().replaceFirst(";.*", "").strip(), 16);
            if (size == 0) {
                while (!line().isEmpty()) {
                    // Trailers say nothing that we ask for.
                }
                return all.toByteArray();
            }
            if (all.size() + size > MAX_BODY_BYTES) {
                throw new ProtocolException("the answer is too long");
            }
            all.write(bytes(size));
            line();
        }
    }

    private byte[] bytes(long length) throws IOException {
        if (length > MAX_BODY_BYTES) {
            throw new ProtocolException("the answer is too long");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within an answer");
        }
        return bytes;
    }

    private static long number(String digits, int radix) throws ProtocolException {
        try {
            long number = Long.parseLong(digits, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException bad) {
            // Told below.
        }
        throw new ProtocolException("the answer has a length that is no number");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (line.length() >= MAX_HEAD_BYTES) {
                throw new ProtocolException("the answer has a line that is too long");
            }
            line.append((char) c);
        }
        if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
            line.setLength(line.length() - 1);
        }
        return line.toString();
    }

    /** Percent-encodes one segment of a path or one value of a query. */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    b >= 'a' && b <= 'z'
                            || b >= 'A' && b <= 'Z'
                            || b >= '0' && b <= '9'
                            || "-._~".indexOf(b) >= 0;
            if (plain) {
                out.append((char) b);
            } else {
                out.append('%');
                out.append(Character.toUpperCase(Character.forDigit(b >> 4 & 0xf, 16)));
                out.append(Character.toUpperCase(Character.forDigit(b & 0xf, 16)));
            }
        }
        return out.toString();
    }
}
