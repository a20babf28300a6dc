package org.witan.validator.link.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.drafts.Draft;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ServerHandshake;

/**
 * Opens one connection; a new object for each attempt, since the library cannot reuse one (G12).
 */
public final class GuardedClient extends WebSocketClient {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int OPEN_MILLIS = 4_000;
    private static final long CLOSE_MILLIS = 2_000;

    private final ScheduledExecutorService clock;
    private final ClientWire wire;
    private final WatchedSocket watched;
    private final CompletableFuture<Wire> opened = new CompletableFuture<>();

    private GuardedClient(
            URI uri, InetAddress address, Draft draft, ScheduledExecutorService clock) {
        super(uri, draft, null, CONNECT_MILLIS);
        this.clock = clock;
        wire = new ClientWire(this, address);
        watched = new WatchedSocket(wire::wrote, this::cutLater);
        setAttachment(wire);
        setTcpNoDelay(true);
        setReuseAddr(true);
        setConnectionLostTimeout(0);
        setDaemon(true);
        setDnsResolver(_ -> address);
        setSocketFactory(new OneSocket(watched));
    }

    /**
     * Connects and upgrades; blocks for at most four seconds. Run it on a virtual thread.
     *
     * @throws IOException if nobody answers as a link's server does
     */
    public static Wire connect(
            String host, InetSocketAddress address, ScheduledExecutorService clock)
            throws IOException, InterruptedException {
        URI uri = uri(host, address.getPort());
        GuardedClient client =
                new GuardedClient(uri, address.getAddress(), new GuardedDraft(), clock);
        Thread.ofVirtual().name("link-read-" + host).start(client);
        try {
            return client.opened.get(OPEN_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            client.wire.cut();
            throw new IOException("no link's server answers", failed.getCause());
        } catch (TimeoutException late) {
            client.wire.cut();
            throw new IOException("no answer in 4 s");
        } catch (InterruptedException stopped) {
            client.wire.cut();
            throw stopped;
        }
    }

    private static URI uri(String host, int port) throws IOException {
        try {
            return new URI("ws", null, host, port, GuardedServer.PATH, null, null);
        } catch (URISyntaxException odd) {
            throw new IOException("not a host: " + host, odd);
        }
    }

    @Override
    public void onOpen(ServerHandshake handshake) {
        opened.complete(wire);
    }

    @Override
    public void onMessage(String message) {
        // Texts never get here: the draft takes them for violations.
    }

    @Override
    public void onMessage(ByteBuffer message) {
        // Neither do binary frames: the draft queues them.
    }

    @Override
    public void onError(Exception problem) {
        opened.completeExceptionally(problem);
    }

    @Override
    public void onClose(int code, String reason, boolean remote) {
        opened.completeExceptionally(new IOException("closed before it was open"));
        wire.ended();
    }

    /** The reader has two seconds to find the end. */
    void cutLater() {
        try {
            var _ = clock.schedule(wire::cut, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            // This node stops, and waits for no last words.
            wire.cut();
        }
    }

    void cutNow() {
        closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
        try {
            watched.close();
        } catch (IOException ignored) {
            // It is closed either way.
            wire.ended();
        }
    }
}
