package org.witan.validator.link.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.WebSocket;
import org.java_websocket.WebSocketImpl;
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

    private static final long CLOSE_MILLIS = 2_000;
    private static final int DECODERS = 1;

    /** Who waits to be accepted; beyond it a caller's system tries again a second later. */
    private static final int BACKLOG = 1_024;

    private final Accepting accepting;
    private final ScheduledExecutorService clock;
    private final Incoming incoming;
    private final CompletableFuture<Integer> started = new CompletableFuture<>();

    /** Where what arrives goes. */
    @FunctionalInterface
    public interface Incoming {
        /** A connection finished its upgrade; called on a thread of the library, must not block. */
        void accepted(Wire wire);

        /** The system let no connection in for a moment; the next ones are taken again. */
        default void starved(String why) {}
    }

    /**
     * A server that does not listen yet.
     *
     * @param clock runs short deadlines; shared, never blocked by this
     */
    public GuardedServer(
            InetSocketAddress address,
            HalfOpen halfOpen,
            ScheduledExecutorService clock,
            Incoming incoming) {
        super(address, DECODERS, List.of(new GuardedDraft()));
        this.clock = clock;
        this.incoming = incoming;
        accepting = new Accepting(this, halfOpen, clock);
        setTcpNoDelay(true);
        setReuseAddr(true);
        setMaxPendingConnections(BACKLOG);
        setConnectionLostTimeout(0);
        setDaemon(true);
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
        incoming.accepted(wire);
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

    /**
     * Takes the accepting out of the library's hands: whatever goes wrong there, a refusal or an
     * exhausted file descriptor table, closes the library's listening socket for good (G1, G13).
     */
    @Override
    protected boolean onConnect(SelectionKey listening) {
        throw accepting.turn(listening);
    }

    /** A connection that is let in gets its parser and its buffer, as the library would do it. */
    ServerWire adopt(SocketChannel socket, Selector selector) throws IOException {
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        InetAddress address = ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        WebSocketImpl connection = new WebSocketImpl(this, getDraft());
        SelectionKey key = socket.register(selector, SelectionKey.OP_READ, connection);
        ServerWire wire = new ServerWire(this, connection, key, address);
        connection.setAttachment(wire);
        connection.setSelectionKey(key);
        connection.setChannel(new CountingChannel(socket, wire));
        try {
            allocateBuffers(connection);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return wire;
    }

    void starved(IOException problem) {
        incoming.starved(String.valueOf(problem.getMessage()));
    }

    void left(InetAddress address) {
        accepting.left(address);
    }

    void cutLater(ServerWire wire) {
        var _ = clock.schedule(wire::cut, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
