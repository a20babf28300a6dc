package org.witan.validator.link.guard;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.enums.Opcode;
import org.witan.validator.link.keys.Bytes;

/** A connection that this node opened. */
final class ClientWire extends Wire {
    private final GuardedClient client;

    ClientWire(GuardedClient client, InetAddress address) {
        super(address);
        this.client = client;
    }

    @Override
    WebSocketImpl connection() {
        return (WebSocketImpl) client.getConnection();
    }

    @Override
    boolean masks() {
        return true;
    }

    /** The library's client has a writing thread that loses no wake-ups. */
    @Override
    public boolean wantsNudge() {
        return false;
    }

    @Override
    public void nudge() {
        // Nobody wants it.
    }

    @Override
    public void close(int code, String reason) {
        ends(new End(code, reason, false));
        // The library's close() stops its reading thread, which may then close the socket under
        // frames that still wait. Our own close frame stands behind them, and the server hangs up.
        byte[] text = reason.getBytes(StandardCharsets.US_ASCII);
        byte[] payload = Bytes.join(new byte[] {(byte) (code >>> 8), (byte) code}, text);
        connection().outQueue.add(Frames.build(Opcode.CLOSING, ByteBuffer.wrap(payload), true));
        client.cutLater();
    }

    @Override
    public void cut() {
        client.cutNow();
    }

    /** Each client has a reading thread of its own, which may wait for the inbox. */
    @Override
    void settle() {
        try {
            awaitRoom();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    void taken() {
        // Whoever waits in settle() was woken by the inbox.
    }

    @Override
    void proven() {
        // A server that this node chose has no half-open place to give back.
    }

    /** The server may have sent records right behind its proof: they wait, with its thread. */
    @Override
    boolean toleratesStranger(int frames, int bytes) {
        return true;
    }
}
