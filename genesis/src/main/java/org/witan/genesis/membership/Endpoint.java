package org.witan.genesis.membership;

import org.witan.genesis.codec.Codec;

/**
 * Where a node can be dialled: {@code ws://host:port}. An endpoint is a hint, never an identity.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address in brackets; 1 to 253 characters
 * @param port 1 to 65 535
 */
public record Endpoint(String host, int port) {
    /** Longest written form in bytes. */
    public static final int MAX_BYTES = 266;

    /** The written form behind a u16 length. */
    public static final Codec<Endpoint> CODEC =
            new Codec<>(
                    (endpoint, out) -> out.text16(endpoint.toString()),
                    in -> {
                        try {
                            return parse(in.text16(MAX_BYTES));
                        } catch (IllegalArgumentException bad) {
                            throw in.refuse("not an endpoint");
                        }
                    });

    private static final String SCHEME = "ws://";

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with a sentence if {@code text} is none
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (!text.startsWith(SCHEME) || colon < SCHEME.length() || text.length() > MAX_BYTES) {
            throw new IllegalArgumentException("an endpoint is written ws://host:port");
        }
        String host = text.substring(SCHEME.length(), colon);
        String port = text.substring(colon + 1);
        if (!isName(host) && !isAddress6(host)) {
            throw new IllegalArgumentException("an endpoint is written ws://host:port");
        }
        if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        return new Endpoint(host, Integer.parseInt(port));
    }

    private static boolean isName(String host) {
        return !host.isEmpty()
                && host.chars().allMatch(c -> isLetterOrDigit(c) || "-._".indexOf(c) >= 0);
    }

    private static boolean isAddress6(String host) {
        return host.length() > 3
                && host.startsWith("[")
                && host.endsWith("]")
                && host.chars()
                        .skip(1)
                        .limit(host.length() - 2L)
                        .allMatch(c -> isLetterOrDigit(c) || c == ':' || c == '.');
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    @Override
    public String toString() {
        return SCHEME + host + ":" + port;
    }
}
