package org.witan.validator.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** One raw connection to the server: what is written here goes out as it is. */
final class Wire implements AutoCloseable {
    private final Socket socket = new Socket();
    private final InputStream in;

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param headers by lower-case name
     * @param body the body as text
     */
    record Reply(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    Wire(int port) throws IOException {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 2000);
        socket.setSoTimeout(10_000);
        in = socket.getInputStream();
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Wire get(String path, String... headers) throws IOException {
        return request("GET", path, new byte[0], headers);
    }

    Wire post(String path, String type, byte[] body, String... headers) throws IOException {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type: " + type;
        all[headers.length + 1] = "Content-Length: " + body.length;
        return request("POST", path, body, all);
    }

    Wire request(String method, String path, byte[] body, String... headers) throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            host |= header.startsWith("Host:");
            head.append(header).append("\r\n");
        }
        head.append(host ? "" : "Host: localhost\r\n").append("\r\n");
        send(head.toString());
        return body.length == 0 ? this : send(body);
    }

    Reply reply() throws IOException {
        Reply head = head();
        byte[] body = body(head);
        return new Reply(head.status(), head.headers(), new String(body, StandardCharsets.UTF_8));
    }

    byte[] replyBytes() throws IOException {
        return body(head());
    }

    /** The status and headers only, as of an answer without a body. */
    Reply head() throws IOException {
        String status = line();
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Reply(Integer.parseInt(status.split(" ")[1]), headers, "");
    }

    private byte[] body(Reply head) throws IOException {
        return in.readNBytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
    }

    /** Whether the server has closed: waits until it does, or fails by the socket's time-out. */
    boolean ended() throws IOException {
        try {
            return in.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Whether the server has closed, or closes within this time. */
    boolean endedWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return ended();
        } catch (SocketTimeoutException stillOpen) {
            return false;
        }
    }

    /** Says that nothing more comes, and goes on listening. */
    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Sends unless the server has closed. */
    void trySend(String text) {
        try {
            send(text);
        } catch (IOException closed) {
            // The next look at the connection sees it.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the server closed after \"" + line + "\"");
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
