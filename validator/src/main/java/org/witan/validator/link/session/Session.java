package org.witan.validator.link.session;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Step;
import org.witan.validator.link.keys.Bytes;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.record.Assembler;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;

/**
 * One authenticated link from its handshake to its end.
 *
 * <p>{@link #run} is the reader and blocks; a {@link RecordWriter} on a virtual thread writes. The
 * rest is safe for any thread.
 */
public final class Session {
    private static final long GREETING_MILLIS = 5_000;
    private static final long GOODBYE_MILLIS = 3_000;
    private static final int CONTROLS = 1_000;
    private static final long CONTROL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Whoever asks sooner gets what was just asked for: a tenth of what the other side takes. */
    private static final long ASK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Wire wire;
    private final Step.Peer peer;
    private final boolean openedByUs;
    private final Opener opener;
    private final Assembler assembler;
    private final RecordWriter writer;
    private final Outbox outbox;
    private volatile long heardNanos = System.nanoTime();
    private volatile long rttNanos = -1;
    private long askedNanos = heardNanos - ASK_NANOS;
    private long answeredNanos = heardNanos - ASK_NANOS;
    private Opener.@Nullable Opened first;
    private int controls;
    private long controlsSince = heardNanos;

    /**
     * How a session ended.
     *
     * @param code close code
     * @param proven whether the other side said so under its key
     * @param detail for people
     */
    public record End(int code, boolean proven, String detail) {}

    /** A session over a wire on which both sides proved who they are. */
    public Session(Wire wire, LinkKeys keys, Terms terms, Outbox outbox) {
        this.wire = wire;
        this.outbox = outbox;
        peer = terms.peer();
        openedByUs = terms.openedByUs();
        opener = new Opener(keys);
        assembler = new Assembler(terms.limits());
        writer = new RecordWriter(this, wire, keys, outbox, terms.pingMillis());
        wire.onProgress(writer::progressed);
        keys.send().erase();
        keys.receive().erase();
    }

    /**
     * What a session is made for.
     *
     * @param peer the other side, proven
     * @param openedByUs whether this node opened the wire
     * @param limits greatest message of each stream
     * @param pingMillis time between keep-alives
     */
    public record Terms(Step.Peer peer, boolean openedByUs, int[] limits, long pingMillis) {}

    /**
     * Waits for the first record of a responder, which it sends when it keeps the link.
     *
     * @return how the session ended, if it did instead
     */
    public Optional<End> greeted() throws InterruptedException {
        byte[] frame = wire.take(GREETING_MILLIS);
        Optional<Opener.Opened> opened = frame.length == 0 ? Optional.empty() : opener.open(frame);
        Optional<End> end;
        if (opened.isEmpty()) {
            end = Optional.of(vanished());
        } else if (opened.get().type() == RecordType.CLOSE) {
            end = take(opened.get(), (_, _) -> {});
        } else {
            first = opened.get();
            return Optional.empty();
        }
        wire.cut();
        return end;
    }

    /** Starts the writer. Messages are taken from the outbox while it belongs to this session. */
    public void start() {
        Thread.ofVirtual().name("link-write-" + peer.id()).start(writer);
    }

    /** Makes the outbox this session's own. */
    public void takeOver() {
        outbox.own(this);
    }

    /** Reads until the end, handing each message to the sink on this thread. */
    public End run(Assembler.Sink sink) throws InterruptedException {
        try {
            return read(sink);
        } finally {
            writer.stop();
            outbox.disown(this);
            wire.cut();
        }
    }

    private End read(Assembler.Sink sink) throws InterruptedException {
        Opener.Opened greeting = first;
        if (greeting != null) {
            Optional<End> end = take(greeting, sink);
            if (end.isPresent()) {
                return end.get();
            }
        }
        while (true) {
            byte[] frame = wire.take();
            if (frame.length == 0) {
                return writer.verdict().orElseGet(this::vanished);
            }
            Optional<Opener.Opened> opened = opener.open(frame);
            if (opened.isEmpty()) {
                wire.close(CloseCode.FAILED, "");
                return new End(CloseCode.FAILED, false, "a record that does not open");
            }
            heardNanos = System.nanoTime();
            Optional<End> end = take(opened.get(), sink);
            if (end.isPresent()) {
                awaitGoodbye();
                return end.get();
            }
        }
    }

    /** Lets the writer say why this side ends it; what still comes in is thrown away. */
    private void awaitGoodbye() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        while (writer.verdict().isPresent() && !wire.isOver() && System.nanoTime() - end < 0) {
            wire.take(100);
        }
    }

    private Optional<End> take(Opener.Opened opened, Assembler.Sink sink) {
        byte[] plaintext = opened.plaintext();
        if (opened.type() != RecordType.DATA && isTooOften()) {
            close(CloseCode.RATE, "too many keep-alives");
            return Optional.of(new End(CloseCode.RATE, false, "it sends too many keep-alives"));
        }
        boolean sound =
                switch (opened.type()) {
                    case DATA -> assembler.take(plaintext, sink);
                    case PING -> plaintext.length == Long.BYTES && writer.pong(plaintext);
                    case PONG -> plaintext.length == Long.BYTES && answered(plaintext);
                    case KEY_UPDATE -> plaintext.length == 0;
                    case CLOSE -> plaintext.length == RecordWriter.CLOSE_BYTES;
                };
        if (!sound) {
            close(CloseCode.FAILED, "broke the rules of records");
            return Optional.of(new End(CloseCode.FAILED, false, "a record that breaks the rules"));
        }
        return opened.type() == RecordType.CLOSE
                ? Optional.of(goodbye(plaintext))
                : Optional.empty();
    }

    /** More than 1 000 records in ten seconds that carry no message. */
    private boolean isTooOften() {
        if (heardNanos - controlsSince > CONTROL_NANOS) {
            controlsSince = heardNanos;
            controls = 0;
        }
        return ++controls > CONTROLS;
    }

    private boolean answered(byte[] pong) {
        long sent = Bytes.longAt(pong, 0);
        rttNanos = Math.max(0, System.nanoTime() - sent);
        synchronized (this) {
            answeredNanos = sent;
            notifyAll();
        }
        return true;
    }

    private End goodbye(byte[] plaintext) {
        int code = (plaintext[0] & 0xff) << 8 | plaintext[1] & 0xff;
        boolean complete = Bytes.longAt(plaintext, 2) == opener.number() - 1;
        return new End(
                code, true, "it closed the link" + (complete ? "" : ", records are missing"));
    }

    private End vanished() {
        return new End(wire.end().code(), false, "the connection ended without a goodbye");
    }

    /** Says goodbye under the key, then closes. */
    public void close(int code, String detail) {
        writer.close(new End(code, false, detail));
    }

    /** The same as soon as nothing waits for it any more. */
    public void closeWhenSent(int code, String detail) {
        writer.closeWhenSent(new End(code, false, detail));
    }

    /** Ends it now, without a goodbye. */
    public void cut() {
        wire.cut();
    }

    /**
     * Asks for a sign of life and waits for the answer to it. What else comes in meanwhile proves
     * nothing: a process that is gone may have sent it long ago.
     */
    public boolean answers(long millis) throws InterruptedException {
        long asked = System.nanoTime();
        writer.pingNow();
        return isAnswered(asked, asked + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * Measures the round trip now, or shares a measurement of the last 100 ms.
     *
     * @return nanoseconds; empty if no answer came within {@code millis} or the link ended
     */
    public synchronized OptionalLong measure(long millis) throws InterruptedException {
        long now = System.nanoTime();
        if (now - askedNanos >= ASK_NANOS) {
            askedNanos = now;
            writer.pingNow();
        }
        return isAnswered(askedNanos, now + TimeUnit.MILLISECONDS.toNanos(millis))
                ? rttNanos()
                : OptionalLong.empty();
    }

    /** Waits until a ping is answered that was sent no earlier; false if the time or link ends. */
    private synchronized boolean isAnswered(long sentNanos, long endNanos)
            throws InterruptedException {
        while (answeredNanos - sentNanos < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (left <= 0 || wire.isOver()) {
                return false;
            }
            wait(Math.min(left, 100));
        }
        return true;
    }

    /** When the other side was last heard, by {@link System#nanoTime}. */
    long heardNanos() {
        return heardNanos;
    }

    /** The other side. */
    public Step.Peer peer() {
        return peer;
    }

    /** Whether this node opened it. */
    public boolean openedByUs() {
        return openedByUs;
    }

    /** Round trip of the last keep-alive in nanoseconds. */
    public OptionalLong rttNanos() {
        return rttNanos < 0 ? OptionalLong.empty() : OptionalLong.of(rttNanos);
    }

    /** The other end's address. */
    public String address() {
        return wire.address().getHostAddress();
    }

    /** Eight bytes big-endian. */
    static byte[] bytes(long value) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[i] = (byte) (value >>> 56 - 8 * i);
        }
        return bytes;
    }
}
