package org.witan.validator.cli.config;

import java.net.InetSocketAddress;

/**
 * Where to listen: {@code host:port}.
 *
 * @param host a name, an IPv4 address, or an IPv6 address in brackets
 * @param port 1 to 65 535
 */
public record HostPort(String host, int port) {
    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException with a sentence if {@code text} is none
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not host:port with a port from 1 to 65535");
        }
        return new HostPort(text.substring(0, colon), Integer.parseInt(port));
    }

    /** The address to bind to; looks the name up. */
    public InetSocketAddress toAddress() {
        return new InetSocketAddress(bare(), port);
    }

    /**
     * The URL at which a program on this machine reaches a server that listens here: the loopback
     * address where this is every address.
     */
    public String localUrl() {
        boolean every = host.equals("0.0.0.0") || host.equals("[::]");
        return "http://" + (every ? "127.0.0.1" : host) + ":" + port;
    }

    private String bare() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
