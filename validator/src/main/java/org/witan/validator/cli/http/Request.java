package org.witan.validator.cli.http;

import java.nio.charset.StandardCharsets;

/**
 * What to ask a server.
 *
 * @param method such as {@code GET}
 * @param path from the first slash, with the query, already encoded
 * @param mediaType of the body; empty for a request without one
 * @param body the content, not copied; empty for none
 */
@SuppressWarnings("ArrayRecordComponent")
public record Request(String method, String path, String mediaType, byte[] body) {
    private static final byte[] NOTHING = {};

    /** A question. */
    public static Request get(String path) {
        return new Request("GET", path, "", NOTHING);
    }

    /** A hand-in of bytes. */
    public static Request post(String path, byte[] body) {
        return new Request("POST", path, "application/octet-stream", body);
    }

    /** The bytes that go on the wire. */
    byte[] wire(String host) {
        StringBuilder head = new StringBuilder(160);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        if (!mediaType.isEmpty()) {
            head.append("\r\nContent-Type: ").append(mediaType);
            head.append("\r\nContent-Length: ").append(body.length);
        }
        byte[] first = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[first.length + body.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(body, 0, all, first.length, body.length);
        return all;
    }
}
