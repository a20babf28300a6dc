package org.witan.validator.link.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketAdapter;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.WebSocketServerFactory;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/**
 * Accepts links: path {@code /link}, subprotocol {@code wlh.1}, no {@code Origin}.
 *
 * <p>Whoever is not let in by {@link HalfOpen}, or has not finished the upgrade in three seconds,
 * is cut. Each connection that finished it goes to the acceptor, on a thread of the library, which
 * must not block.
 */
public final class GuardedServer extends WebSocketServer {
    /** The one path. */
    public static final String PATH = "/link";

    private static final long UPGRADE_MILLIS = 3_000;
    private static final long CLOSE_MILLIS = 2_000;
    private static final int DECODERS = 1;

    private final HalfOpen halfOpen;
    private final ScheduledExecutorService clock;
    private final Consumer<Wire> acceptor;
    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    /**
     * A server that does not listen yet.
     *
     * @param clock runs short deadlines; shared, never blocked by this
     */
    public GuardedServer(
            InetSocketAddress address,
            HalfOpen halfOpen,
            ScheduledExecutorService clock,
            Consumer<Wire> acceptor) {
        super(address, DECODERS, List.of(new GuardedDraft()));
        this.halfOpen = halfOpen;
        this.clock = clock;
        this.acceptor = acceptor;
        setTcpNoDelay(true);
        setReuseAddr(true);
        setConnectionLostTimeout(0);
        setDaemon(true);
        setWebSocketFactory(new Factory());
    }

    /**
     * Listens; returns when the port is taken.
     *
     * @return the port
     * @throws IOException if it cannot be taken
     */
    public int listen() throws IOException, InterruptedException {
        start();
        try {
            return started.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(failed.getCause());
        } catch (TimeoutException late) {
            throw new IOException("the port was not taken in 10 s", late);
        }
    }

    /** Stops listening and cuts what is open. */
    public void shut() throws InterruptedException {
        stop(1_000);
    }

    @Override
    public void onStart() {
        started.complete(getPort());
    }

    @Override
    public void onError(WebSocket connection, Exception problem) {
        if (connection == null) {
            started.completeExceptionally(problem);
        }
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket connection, Draft draft, ClientHandshake request)
            throws InvalidDataException {
        boolean page = request.hasFieldValue("Origin");
        if (page || !request.getResourceDescriptor().equals(PATH)) {
            throw new InvalidDataException(CloseFrame.REFUSE);
        }
        return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        ServerWire wire = connection.getAttachment();
        wire.opened();
        acceptor.accept(wire);
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {
        ServerWire wire = connection.getAttachment();
        wire.gone();
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
        // Texts never get here: the draft takes them for violations.
    }

    @Override
    public void onMessage(WebSocket connection, ByteBuffer message) {
        // Neither do binary frames: the draft queues them.
    }

    void left(InetAddress address) {
        halfOpen.leave(address);
    }

    void cutLater(ServerWire wire) {
        var _ = clock.schedule(wire::cut, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private ServerWire admit(SocketChannel channel, SelectionKey key) throws IOException {
        InetAddress address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
        if (!halfOpen.enter(address, TimeUnit.NANOSECONDS.toMillis(System.nanoTime()))) {
            throw new IOException("too many half-open connections");
        }
        WebSocketImpl connection = (WebSocketImpl) key.attachment();
        ServerWire wire = new ServerWire(this, connection, key, address);
        connection.setAttachment(wire);
        Runnable reap =
                () -> {
                    if (!wire.isOpen()) {
                        wire.cut();
                    }
                };
        var _ = clock.schedule(reap, UPGRADE_MILLIS, TimeUnit.MILLISECONDS);
        return wire;
    }

    /** The place where a connection can be refused without harm to the listener (G1). */
    private final class Factory implements WebSocketServerFactory {
        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, Draft draft) {
            return new WebSocketImpl(adapter, draft);
        }

        @Override
        public WebSocketImpl createWebSocket(WebSocketAdapter adapter, List<Draft> drafts) {
            return new WebSocketImpl(adapter, drafts);
        }

        @Override
        public ByteChannel wrapChannel(SocketChannel channel, SelectionKey key) throws IOException {
            return new CountingChannel(channel, admit(channel, key));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
