package org.witan.validator.link.session;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.record.Packer;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;

/**
 * Seals and sends what waits for one peer, keep-alives, key updates and the goodbye.
 *
 * <p>It keeps at most 128 KiB inside the library, so that a vote never stands behind more than
 * that, and looks after the library's writer each millisecond while bytes do not leave (G10).
 */
final class RecordWriter implements Runnable {
    static final int CLOSE_BYTES = 2 + Long.BYTES;

    private static final long WINDOW_BYTES = 128 << 10;
    private static final int MISSED_PINGS = 3;

    private final Session session;
    private final Wire wire;
    private final Outbox outbox;
    private final Sealer sealer;
    private final Packer packer = new Packer();
    private final long pingNanos;
    private final AtomicReference<byte @Nullable []> pong = new AtomicReference<>();
    private final AtomicReference<Session.@Nullable End> closing = new AtomicReference<>();
    private final AtomicReference<Session.@Nullable End> leaving = new AtomicReference<>();
    private volatile boolean waitsForRoom;
    private volatile boolean pingWanted;
    private volatile boolean stopped;
    private long pingedNanos = System.nanoTime();
    private long roomNanos = System.nanoTime();

    RecordWriter(Session session, Wire wire, LinkKeys keys, Outbox outbox, long pingMillis) {
        this.session = session;
        this.wire = wire;
        this.outbox = outbox;
        sealer = new Sealer(keys, millis());
        pingNanos = TimeUnit.MILLISECONDS.toNanos(pingMillis);
        pingWanted = true;
    }

    @Override
    public void run() {
        try {
            while (!stopped && turn()) {
                if (sealer.updateDue(millis())) {
                    wire.send(sealer.update(millis()));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            sealer.erase();
        }
    }

    /** One thing; false after the last one. */
    private boolean turn() throws InterruptedException {
        long seen = outbox.changes();
        if (closing.get() != null) {
            goodbye();
            return false;
        }
        if (isDead()) {
            closing.compareAndSet(
                    null, new Session.End(CloseCode.TIMEOUT, false, "no sign of life"));
            wire.cut();
            return false;
        }
        keepAlive();
        boolean room = wire.unsentBytes() < WINDOW_BYTES;
        if (room && outbox.fill(session, packer)) {
            wire.send(packer.seal(sealer));
        } else if (room && leaving.get() != null) {
            closing.compareAndSet(null, leaving.get());
        } else {
            rest(seen, room);
        }
        return true;
    }

    private void keepAlive() {
        byte[] answer = pong.getAndSet(null);
        if (answer != null) {
            wire.send(sealer.seal(RecordType.PONG, answer));
        }
        if (pingWanted || System.nanoTime() - pingedNanos >= pingNanos) {
            pingWanted = false;
            // Read after the wish was seen: whoever wished waits for a ping sent later.
            pingedNanos = System.nanoTime();
            wire.send(sealer.seal(RecordType.PING, Session.bytes(pingedNanos)));
        }
    }

    private boolean isDead() {
        long now = System.nanoTime();
        if (wire.unsentBytes() < WINDOW_BYTES) {
            roomNanos = now;
        }
        // Silent, or it talks and never reads.
        return Math.max(now - session.heardNanos(), now - roomNanos) > MISSED_PINGS * pingNanos;
    }

    private void rest(long seen, boolean room) throws InterruptedException {
        waitsForRoom = !room;
        if (!room || wire.wantsNudge()) {
            outbox.await(seen, 1);
            wire.nudge();
        } else {
            long left = pingedNanos + pingNanos - System.nanoTime();
            outbox.await(seen, Math.max(1, TimeUnit.NANOSECONDS.toMillis(left) + 1));
        }
        waitsForRoom = false;
    }

    private void goodbye() {
        Session.End end = closing.get();
        int code = end == null ? CloseCode.GOING_AWAY : end.code();
        byte[] text =
                Bytes.join(
                        new byte[] {(byte) (code >>> 8), (byte) code},
                        Session.bytes(sealer.number()));
        wire.send(sealer.seal(RecordType.CLOSE, text));
        wire.close(code, "");
    }

    /** Bytes left for the socket. */
    void progressed() {
        if (waitsForRoom && wire.unsentBytes() < WINDOW_BYTES / 2) {
            waitsForRoom = false;
            outbox.wake();
        }
    }

    /** Answers a ping; only the newest one if they come faster than records leave. */
    boolean pong(byte[] ping) {
        pong.set(ping);
        outbox.wake();
        return true;
    }

    void pingNow() {
        pingWanted = true;
        outbox.wake();
    }

    /** Says goodbye; the first reason counts. */
    void close(Session.End end) {
        closing.compareAndSet(null, end);
        outbox.wake();
    }

    /** The same once nothing waits any more. */
    void closeWhenSent(Session.End end) {
        leaving.compareAndSet(null, end);
        outbox.wake();
    }

    void stop() {
        stopped = true;
        outbox.wake();
    }

    /** Why this side ended it, if it did. */
    Optional<Session.End> verdict() {
        return Optional.ofNullable(closing.get());
    }

    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
