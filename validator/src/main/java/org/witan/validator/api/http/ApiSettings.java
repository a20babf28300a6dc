package org.witan.validator.api.http;

import java.time.Duration;
import java.util.List;

/**
 * Where the API listens and how much its callers may use.
 *
 * @param host the address to bind, such as {@code 127.0.0.1}
 * @param port the port, 0 for any free one
 * @param allowedHosts names besides the loopback's and {@code host} under which callers may ask for
 *     this node, without a port; {@code *} allows every name and gives up the protection against
 *     DNS rebinding
 * @param connections most open connections
 * @param connectionsPerAddress most open connections of one address that is not the loopback's; an
 *     IPv6 address counts as its /64
 * @param requestTimeout longest time from the first byte of a request to its last
 * @param idleTimeout longest time between two requests on one connection
 * @param maxWait longest time that a caller may wait for a commit
 */
public record ApiSettings(
        String host,
        int port,
        List<String> allowedHosts,
        int connections,
        int connectionsPerAddress,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration maxWait) {
    /** Copies the names. */
    public ApiSettings {
        allowedHosts = List.copyOf(allowedHosts);
    }

    /** The settings that fit almost everybody. */
    public static ApiSettings on(String host, int port, List<String> allowedHosts) {
        return new ApiSettings(
                host,
                port,
                allowedHosts,
                1024,
                128,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }
}
