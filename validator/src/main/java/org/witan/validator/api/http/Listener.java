package org.witan.validator.api.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** Puts {@link Connections} between Helidon's sockets and its HTTP/1.1. */
final class Listener implements ServerConnectionSelector {
    private static final byte[] TOO_MANY =
            ("HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 1\r\n"
                            + "Content-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);

    private final ServerConnectionSelector http;
    private final Connections connections;

    Listener(ServerConnectionSelector http, Connections connections) {
        this.http = http;
        this.connections = connections;
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        HelidonSocket socket = context.serverSocket();
        Optional<Connections.Connection> counted =
                connections.opened(socket.remotePeer().address(), socket::close);
        if (counted.isEmpty()) {
            return new TooMany(context);
        }
        Connections.Connection connection = counted.get();
        return new Watched(http.connection(new WatchedContext(context, connection)), connection);
    }

    /**
     * Answers that there are too many connections, and ends.
     *
     * @param context the connection
     */
    private record TooMany(ConnectionContext context) implements ServerConnection {
        @Override
        public void handle(Limit limit) {
            context.dataWriter().writeNow(BufferData.create(TOO_MANY));
        }

        @Override
        public Duration idleTime() {
            return Duration.ZERO;
        }

        @Override
        public void close(boolean interrupt) {
            context.serverSocket().close();
        }
    }

    /**
     * A connection that is counted while it lasts.
     *
     * @param http who speaks HTTP on it
     * @param connection the count
     */
    private record Watched(ServerConnection http, Connections.Connection connection)
            implements ServerConnection {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                ScopedValue.where(Connections.CURRENT, connection)
                        .<Boolean, InterruptedException>call(() -> {
                            http.handle(limit);
                            return true;
                        });
            } finally {
                connection.closed();
            }
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }
    }

    /** Helidon's context of a connection, with a reader that says when bytes come. */
    private static final class WatchedContext implements ConnectionContext {
        private final ConnectionContext context;
        private final DataReader reader;

        WatchedContext(ConnectionContext context, Connections.Connection connection) {
            this.context = context;
            HelidonSocket socket = context.serverSocket();
            reader =
                    DataReader.create(() -> {
                        byte[] bytes = read(socket);
                        if (bytes == null && connection.isInHead()) {
                            // Helidon would log a bug of its own, with a stack trace.
                            throw new ServerConnectionException(
                                    "the request ended in its head", new EOFException());
                        }
                        connection.received();
                        return bytes;
                    });
        }

        @Override
        public DataReader dataReader() {
            return reader;
        }

        @Override
        public ListenerContext listenerContext() {
            return context.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return context.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return context.dataWriter();
        }

        @Override
        public Router router() {
            return context.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return context.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return context.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return context.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return context.localPeer();
        }

        @Override
        public boolean isSecure() {
            return context.isSecure();
        }

        @Override
        public String socketId() {
            return context.socketId();
        }

        @Override
        public String childSocketId() {
            return context.childSocketId();
        }
    }

    /** The next bytes; a socket that failed, or was cut, ends the connection in silence. */
    private static byte @Nullable [] read(HelidonSocket socket) {
        try {
            return socket.get();
        } catch (UncheckedIOException gone) {
            throw new ServerConnectionException("the socket failed", gone);
        }
    }
}
