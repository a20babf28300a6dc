package org.witan.validator.link.guard;

import java.net.InetAddress;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.atomic.AtomicBoolean;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.framing.CloseFrame;

/** An accepted connection. */
final class ServerWire extends Wire {
    private final GuardedServer server;
    private final WebSocketImpl connection;
    private final SelectionKey key;
    private final AtomicBoolean halfOpen = new AtomicBoolean(true);
    private volatile boolean open;
    private volatile boolean paused;

    ServerWire(
            GuardedServer server, WebSocketImpl connection, SelectionKey key, InetAddress address) {
        super(address);
        this.server = server;
        this.connection = connection;
        this.key = key;
    }

    @Override
    WebSocketImpl connection() {
        return connection;
    }

    @Override
    boolean masks() {
        return false;
    }

    @Override
    public boolean wantsNudge() {
        return connection.hasBufferedData();
    }

    @Override
    public void nudge() {
        if (wantsNudge()) {
            server.onWriteDemand(connection);
        }
    }

    @Override
    public void close(int code, String reason) {
        ends(new End(code, reason, false));
        connection.close(code, reason);
        server.cutLater(this);
    }

    @Override
    public void cut() {
        connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "");
    }

    @Override
    void settle() {
        // The selector looks at the inbox before it reads again.
    }

    @Override
    void taken() {
        if (paused && !isFull()) {
            paused = false;
            resume();
        }
    }

    private void resume() {
        try {
            key.interestOpsOr(SelectionKey.OP_READ);
            key.selector().wakeup();
        } catch (CancelledKeyException gone) {
            // The connection ended meanwhile; its inbox says so.
            paused = false;
        }
    }

    /** Whether the inbox is full; then the selector stops looking at this socket. */
    boolean pausesReading() {
        if (!isFull()) {
            return false;
        }
        paused = true;
        try {
            key.interestOpsAnd(~SelectionKey.OP_READ);
        } catch (CancelledKeyException gone) {
            return true;
        }
        // The reader may have emptied the inbox before it could see that reading pauses.
        taken();
        return true;
    }

    @Override
    void proven() {
        leave();
    }

    @Override
    boolean toleratesStranger(int frames, int bytes) {
        return frames <= STRANGER_FRAMES && bytes <= STRANGER_BYTES;
    }

    boolean isOpen() {
        return open;
    }

    void opened() {
        open = true;
    }

    /** The socket was closed, by whichever side. */
    void gone() {
        leave();
        ended();
    }

    private void leave() {
        if (halfOpen.compareAndSet(true, false)) {
            server.left(address());
        }
    }
}
