package org.witan.validator.api.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.Problem;
import org.witan.validator.api.endpoint.Answer;
import org.witan.validator.api.endpoint.Routes;

/** The running HTTP server of a node. */
public final class ApiServer implements AutoCloseable {
    private static final int REQUEST_LINE_BYTES = 4096;
    private static final int HEADERS_BYTES = 8192;

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

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
        HELIDON.setLevel(Level.WARNING);
        requireFree(settings);
        Connections connections = new Connections(settings, System::nanoTime);
        Front front =
                new Front(new Gate(settings), Routes.of(node, clock, settings.maxWait()), node);
        WebServer server = build(settings, node, front, connections).start();
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

    /** Helidon with everything off that we do not use. */
    private static WebServer build(
            ApiSettings settings, NodeAccess node, Front front, Connections connections) {
        Http1Config http =
                Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_BYTES)
                        .maxHeadersSize(HEADERS_BYTES)
                        .build();
        return WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(
                        new Listener(
                                Http1ConnectionSelector.builder().config(http).build(),
                                connections))
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .idleConnectionPeriod(Duration.ofHours(1))
                .shutdownGracePeriod(Duration.ofMillis(500))
                .directHandlers(handlers(node))
                .mediaContext(MediaContext.builder().mediaSupportsDiscoverServices(false).build())
                .contentEncoding(
                        ContentEncodingContext.builder()
                                .contentEncodingsDiscoverServices(false)
                                .build())
                .routing(HttpRouting.builder().any(front))
                .build();
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

    /** What Helidon refuses on its own looks like all other problems, and tells no more. */
    private static DirectHandlers handlers(NodeAccess node) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(
                    type,
                    (request, event, status, headers, message) -> refusal(status, node, headers));
        }
        return handlers.build();
    }

    private static DirectHandler.TransportResponse refusal(
            Status status, NodeAccess node, io.helidon.http.ServerResponseHeaders headers) {
        Answer answer = Front.problem(describe(status.code()), node, Map.of());
        Front.securityHeaders().forEach(headers::set);
        headers.set(HeaderNames.CONTENT_TYPE, answer.mediaType());
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .headers(headers)
                .keepAlive(false)
                .entity(answer.body())
                .build();
    }

    private static Problem describe(int status) {
        return status >= 500
                ? new Problem(
                        status,
                        "INTERNAL",
                        "the node could not answer",
                        "an error of this program; its log holds the details",
                        "ask again, and report it if it stays")
                : new Problem(
                        status,
                        "BAD_REQUEST",
                        "the request cannot be read",
                        "it breaks HTTP/1.1 or a limit: request line "
                                + REQUEST_LINE_BYTES
                                + " bytes, headers "
                                + HEADERS_BYTES
                                + " bytes",
                        "send a well-formed, smaller request");
    }
}
