package org.witan.validator.link.guard;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.enums.Opcode;

/**
 * One open WebSocket that carries binary frames, whichever side opened it.
 *
 * <p>One thread takes, one thread sends; the rest is safe for any thread. The sender keeps its own
 * bound by {@link #unsentBytes} and calls {@link #nudge} while that does not fall.
 */
public abstract class Wire {
    /** What {@link #take} answers when there is no frame. A frame is never empty. */
    public static final byte[] NOTHING = new byte[0];

    /** Greatest payload of a frame (G2). */
    public static final int MAX_FRAME_BYTES = 65_600;

    /** Frames and bytes that the other side may send before it is authenticated (H6). */
    static final int STRANGER_FRAMES = 2;

    static final int STRANGER_BYTES = 18 << 10;

    private static final int INBOX_BYTES = 1 << 20;
    private static final int CONTROLS = 20;
    private static final long CONTROL_NANOS = TimeUnit.SECONDS.toNanos(10);

    final Inbox inbox = new Inbox();

    private final InetAddress address;
    private final AtomicLong handedBytes = new AtomicLong();
    private final AtomicLong writtenBytes = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean trusted;
    private volatile Runnable progress = () -> {};
    private volatile End end = new End(1006, "", false);
    private int strangerFrames;
    private int strangerBytes;
    private int controls;
    private long controlsSince = System.nanoTime();

    Wire(InetAddress address) {
        this.address = address;
    }

    /**
     * How a connection ended.
     *
     * @param code close code; 1006 if there was no close frame
     * @param reason printable ASCII, at most 123 characters; a hint, anyone can forge it
     * @param byPeer whether the other side closed
     */
    public record End(int code, String reason, boolean byPeer) {}

    /** Queues a frame; it is copied before this returns. Does nothing after the end. */
    public final void send(byte[] frame) {
        WebSocketImpl connection = connection();
        if (connection.isOpen()) {
            // The library's own send() makes a String of each short frame first (G11).
            ByteBuffer built = Frames.build(Opcode.BINARY, ByteBuffer.wrap(frame), masks());
            handedBytes.addAndGet(built.remaining());
            connection.outQueue.add(built);
            nudge();
        }
    }

    abstract WebSocketImpl connection();

    /** Whether frames from this side are masked. */
    abstract boolean masks();

    /** Bytes that were given to {@link #send} and have not reached the socket; a little too low. */
    public final long unsentBytes() {
        return Math.max(0, handedBytes.get() - writtenBytes.get());
    }

    /** Whether bytes wait for a writer of the library that may have lost its wake-up (G10). */
    public abstract boolean wantsNudge();

    /** Wakes such a writer. */
    public abstract void nudge();

    /** Closes after what was sent, at the latest in two seconds. */
    public abstract void close(int code, String reason);

    /** Closes now. */
    public abstract void cut();

    /** Bytes left for the socket: {@code action} runs, on a thread of the library. */
    public final void onProgress(Runnable action) {
        progress = action;
    }

    /** The next frame; {@link #NOTHING} after the time-out or the end. */
    public final byte[] take(long timeoutMillis) throws InterruptedException {
        byte[] frame = inbox.take(TimeUnit.MILLISECONDS.toNanos(timeoutMillis));
        taken();
        return frame;
    }

    /** The next frame, however long that takes; {@link #NOTHING} after the end. */
    public final byte[] take() throws InterruptedException {
        byte[] frame = inbox.take(Long.MAX_VALUE);
        taken();
        return frame;
    }

    abstract void taken();

    /** Whether the connection ended and every frame was taken. */
    public final boolean isOver() {
        return inbox.hasEnded();
    }

    /** How it ended; meaningful once {@link #isOver}. */
    public final End end() {
        return end;
    }

    /** The other side proved who it is: the limits for strangers are lifted. */
    public final void authenticated() {
        trusted = true;
        inbox.wake();
        proven();
    }

    abstract void proven();

    /** The other end's address. */
    public final InetAddress address() {
        return address;
    }

    /** Bytes on the socket, of any kind. */
    final void wrote(long bytes) {
        writtenBytes.addAndGet(bytes);
        progress.run();
    }

    /** A frame came; false if the other side sent more than it may. */
    final boolean arrived(byte[] frame) {
        if (!trusted) {
            strangerFrames++;
            strangerBytes += frame.length;
            if (!toleratesStranger(strangerFrames, strangerBytes)) {
                return false;
            }
        }
        inbox.put(frame);
        settle();
        return true;
    }

    /** A frame was queued; may wait where that holds up nobody else. */
    abstract void settle();

    abstract boolean toleratesStranger(int frames, int bytes);

    /** A ping or pong came; false if there were too many: none before, 20 in 10 s after (G5). */
    final boolean control() {
        long now = System.nanoTime();
        if (now - controlsSince > CONTROL_NANOS) {
            controlsSince = now;
            controls = 0;
        }
        return trusted && ++controls <= CONTROLS;
    }

    final boolean isFull() {
        return trusted
                ? inbox.isFull(Integer.MAX_VALUE, INBOX_BYTES)
                : inbox.isFull(STRANGER_FRAMES, STRANGER_BYTES);
    }

    /** Waits until the reader has taken something. */
    final void awaitRoom() throws InterruptedException {
        while (isFull() && !over.get()) {
            if (trusted) {
                inbox.awaitRoom(Integer.MAX_VALUE, INBOX_BYTES);
            } else {
                inbox.awaitRoom(STRANGER_FRAMES, STRANGER_BYTES);
            }
        }
    }

    /** Remembers how it ended; the first one counts. */
    final void ends(End how) {
        if (!over.get()) {
            end = how;
        }
    }

    /** The socket is closed; true the first time. */
    final boolean ended() {
        boolean first = over.compareAndSet(false, true);
        inbox.end();
        progress.run();
        return first;
    }
}
