package org.witan.validator.sim.carry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.keys.LinkKeys;
import org.witan.validator.link.keys.Suite;
import org.witan.validator.link.keys.TrafficKeys;
import org.witan.validator.link.record.Assembler;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.Packer;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.record.Sealer;
import org.witan.validator.link.session.Queues;
import org.witan.validator.link.session.StreamRule;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Bug;

/**
 * One end of one wire as real nodes have it: pieces in sealed records, one record after the other,
 * keys that are rolled, keep-alives, a goodbye, and messages joined again.
 */
final class SimLink {
    /** Far fewer than on real links, so that each run rolls keys many times. */
    private static final int UPDATE_RECORDS = 40;

    private static final int[] LIMITS =
            Traffic.rules().stream().mapToInt(StreamRule::messageBytes).toArray();

    private final Packer packer = new Packer();
    private final Sealer sealer;
    private final Opener opener = new Opener(keys());
    private final Assembler assembler = new Assembler(LIMITS);
    private final Deque<Control> controls = new ArrayDeque<>();
    private final boolean forgetsToRoll;

    /** When the record that left last arrives: later ones do not overtake it. */
    long arrivedMillis;

    /** Whether a record is on its way out. */
    boolean sending;

    /** Whether this end gave it up, or learned that the other one did. */
    boolean over;

    /** What came and is not read yet: the process stands still. */
    final Deque<byte[]> inbox = new ArrayDeque<>();

    /** When anything came last. */
    long heardMillis;

    /** When the newest of its keep-alives that was answered was sent. */
    long answeredMillis = -1;

    /** A record that carries no message. */
    private record Control(RecordType type, byte[] content) {}

    SimLink(Bug bug, long nowMillis) {
        forgetsToRoll = bug == Bug.KEY_NOT_ROLLED;
        sealer = new Sealer(keys(), nowMillis, UPDATE_RECORDS);
        heardMillis = nowMillis;
    }

    private static LinkKeys keys() {
        var both = new TrafficKeys(new byte[TrafficKeys.KEY_BYTES], new byte[TrafficKeys.IV_BYTES]);
        return new LinkKeys(Suite.AES_256_GCM, both, both, new byte[32], new byte[8]);
    }

    /** Has a keep-alive, its answer or a goodbye sent before all that waits. */
    void offer(RecordType type, long content) {
        controls.add(new Control(type, bytes(content, Long.BYTES)));
    }

    /** Has the goodbye sent. */
    void goodbye(int code) {
        controls.add(new Control(RecordType.CLOSE, bytes(code, 2)));
    }

    /**
     * The next record, if anything waits.
     *
     * @param queues what waits besides; empty if messages are written on another wire
     */
    Optional<byte[]> record(Optional<Queues> queues, long nowMillis) {
        if (sealer.updateDue(nowMillis)) {
            byte[] update = sealer.update(nowMillis);
            return forgetsToRoll
                    ? Optional.of(sealer.seal(RecordType.PING, new byte[Long.BYTES]))
                    : Optional.of(update);
        }
        if (!controls.isEmpty()) {
            Control next = controls.removeFirst();
            return Optional.of(sealer.seal(next.type, content(next)));
        }
        return queues.filter(waiting -> waiting.fill(packer)).map(x -> packer.seal(sealer));
    }

    private byte[] content(Control control) {
        if (control.type != RecordType.CLOSE) {
            return control.content;
        }
        over = true;
        byte[] all = bytes(sealer.number(), 2 + Long.BYTES);
        System.arraycopy(control.content, 0, all, 0, 2);
        return all;
    }

    /** What a record says; an honest member's is always the next one. */
    Opener.Opened open(byte[] record) {
        Optional<Opener.Opened> opened = opener.open(record);
        Promise.P17.holds(opened.isPresent(), "a record of an honest member ends its link");
        return opened.orElseThrow();
    }

    /** The messages that a record completes. */
    void join(byte[] plaintext, Assembler.Sink sink) {
        Promise.P17.holds(assembler.take(plaintext, sink), "pieces of an honest member end a link");
    }

    /** The code of a goodbye, which says that nothing before it is missing. */
    int code(byte[] plaintext) {
        Promise.P17.holds(
                number(plaintext, 2) == opener.number() - 1, "records of a link are missing");
        return (plaintext[0] & 0xff) << 8 | plaintext[1] & 0xff;
    }

    /** Eight bytes as a number. */
    static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            number = number << 8 | bytes[from + i] & 0xff;
        }
        return number;
    }

    private static byte[] bytes(long number, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < Math.min(count, Long.BYTES); i++) {
            bytes[count - 1 - i] = (byte) (number >>> 8 * i);
        }
        return bytes;
    }
}
