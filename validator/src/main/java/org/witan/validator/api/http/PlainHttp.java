package org.witan.validator.api.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.witan.validator.api.NodeAccess;
import org.witan.validator.api.Problem;
import org.witan.validator.api.endpoint.Answer;

/** How every HTTP server of a node is set up, wherever it listens. */
final class PlainHttp {
    private static final int REQUEST_LINE_BYTES = 4096;
    private static final int HEADERS_BYTES = 8192;

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger HELIDON = Logger.getLogger("io.helidon");

    private PlainHttp() {}

    /** Helidon with everything off that we do not use; the address is missing yet. */
    static WebServerConfig.Builder server(NodeAccess node, Front front, Connections connections) {
        HELIDON.setLevel(Level.WARNING);
        Http1Config http =
                Http1Config.builder()
                        .maxPrologueLength(REQUEST_LINE_BYTES)
                        .maxHeadersSize(HEADERS_BYTES)
                        .build();
        return WebServer.builder()
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
                .routing(HttpRouting.builder().any(front));
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
                        "it breaks HTTP/1.1, has a Content-Encoding, or is over a limit:"
                                + " request line "
                                + REQUEST_LINE_BYTES
                                + " bytes, headers "
                                + HEADERS_BYTES
                                + " bytes",
                        "send a well-formed, smaller request, its body as it is");
    }
}
