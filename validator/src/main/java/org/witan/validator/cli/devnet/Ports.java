package org.witan.validator.cli.devnet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * Which ports a devnet uses: validator i links on {@code base + i} and serves HTTP on {@code base +
 * 1000 + i}, with i from 1.
 *
 * @param base 1 to 64 000
 */
record Ports(int base) {
    private static final int HTTP_OFFSET = 1000;
    private static final int MAX_BASE = 64_000;

    /** Checks the base. */
    Ports {
        if (base < 1 || base > MAX_BASE) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "BAD_BASE_PORT",
                    "the base port " + base + " cannot be used",
                    "it has to be from 1 to " + MAX_BASE,
                    "--base-port 7400");
        }
    }

    /** Where validator {@code i} links. */
    int link(int i) {
        return base + i;
    }

    /** Where validator {@code i} serves HTTP. */
    int http(int i) {
        return base + HTTP_OFFSET + i;
    }

    /**
     * Makes sure that the ports of {@code count} validators are free.
     *
     * @throws OperatorError PORTS_IN_USE with all that are not
     */
    void requireFree(int count) {
        List<String> taken = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            for (int port : new int[] {link(i), http(i)}) {
                if (!isFree(port)) {
                    taken.add(String.valueOf(port));
                }
            }
        }
        if (!taken.isEmpty()) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "PORTS_IN_USE",
                    "the devnet's ports are not free",
                    "in use on 127.0.0.1: " + String.join(", ", taken),
                    "witan devnet down --dir DIR of the other one, or --base-port " + other());
        }
    }

    private int other() {
        return base > MAX_BASE - 2000 ? 7400 : base + 2000;
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
