package org.witan.validator.cli.http;

import java.net.URI;
import java.net.URISyntaxException;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * Where a node's HTTP API is.
 *
 * @param host a name or an address, IPv6 in brackets
 * @param port 1 to 65 535
 */
public record NodeAddress(String host, int port) {
    /**
     * Reads {@code http://host:port}; a slash at the end does no harm.
     *
     * @throws OperatorError if it is none
     */
    public static NodeAddress parse(String url) {
        try {
            URI uri = new URI(url);
            String path = uri.getPath() == null ? "" : uri.getPath();
            boolean plain = path.isEmpty() || path.equals("/");
            if ("http".equals(uri.getScheme()) && uri.getHost() != null && plain) {
                return new NodeAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
            }
        } catch (URISyntaxException bad) {
            // Told below like every other text that is no address.
        }
        throw new OperatorError(
                ExitCode.USAGE,
                "BAD_NODE_URL",
                "'" + url + "' is not the address of a node",
                "it has to be http://host:port",
                "--node http://127.0.0.1:8400");
    }

    /** As the Host header wants it. */
    String authority() {
        return host + ":" + port;
    }

    /** The address without brackets. */
    String bareHost() {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    @Override
    public String toString() {
        return "http://" + authority();
    }
}
