package org.witan.validator.api.http;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.endpoint.Routes;

/** The running HTTP server of a node. */
public final class ApiServer implements AutoCloseable {
    private final WebServer server;
    private final Connections connections;

    private ApiServer(WebServer server, Connections connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * Starts serving; returns when the port is open.
     *
     * @param clock the wall clock that snapshots are written by
     * @throws OperatorError if the address cannot be bound
     */
    public static ApiServer start(ApiSettings settings, NodeAccess node, InstantSource clock) {
        requireFree(settings);
        Connections connections = new Connections(settings, System::nanoTime);
        Front front =
                new Front(new Gate(settings), Routes.of(node, clock, settings.maxWait()), node);
        WebServer server =
                PlainHttp.server(node, front, connections)
                        .host(settings.host())
                        .port(settings.port())
                        .build()
                        .start();
        if (!server.isRunning()) {
            connections.close();
            throw cannotListen(settings, "the server did not start; the log says why");
        }
        return new ApiServer(server, connections);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /** Stops taking requests and ends within half a second; those under way are cut then. */
    @Override
    public void close() {
        server.stop();
        connections.close();
    }

    /** Helidon would only log that the port is taken. */
    private static void requireFree(ApiSettings settings) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            throw cannotListen(settings, "the host name has no address");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException taken) {
            throw cannotListen(settings, String.valueOf(taken.getMessage()));
        }
    }

    private static OperatorError cannotListen(ApiSettings settings, String why) {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "CANNOT_LISTEN",
                "cannot listen on " + settings.host() + ":" + settings.port() + " for HTTP",
                why,
                "choose another api.listen, or stop the program that holds the port (ss -ltnp)");
    }
}
