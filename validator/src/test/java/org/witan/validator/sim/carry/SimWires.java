package org.witan.validator.sim.carry;

import java.util.Optional;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.session.Queues;
import org.witan.validator.sim.plan.Bug;

/**
 * What travels on the wires of {@link SimLinks}: one sealed record after the other, keep-alives and
 * their silence, goodbyes. It arrives once and in order, or the wire ends; loss costs time.
 */
final class SimWires {
    /** After so long what was lost is sent once more. */
    static final int TRY_AGAIN_MILLIS = 200;

    private static final int PING_MILLIS = 700;
    private static final int MISSED_PINGS = 3;
    private static final int TEST_MILLIS = 2_000;
    private static final int LOOK_MILLIS = 50;

    private final Timeline timeline;
    private final SimNetwork network;
    private final LinkEnds ends;
    private final Bug bug;
    private final SimLinks links;

    /** Takes whether something lives. */
    @FunctionalInterface
    interface BooleanConsumer {
        void accept(boolean alive);
    }

    SimWires(Timeline timeline, SimNetwork network, LinkEnds ends, Bug bug, SimLinks links) {
        this.timeline = timeline;
        this.network = network;
        this.ends = ends;
        this.bug = bug;
        this.links = links;
    }

    /** A process that stands still does what came meanwhile when it goes on, in any order. */
    void awake(int node, Runnable then) {
        long frozen = ends.frozenUntilMillis(node) - timeline.nowMillis();
        if (frozen > 0) {
            timeline.at(frozen + (long) (network.chance() * LOOK_MILLIS), then);
        } else {
            then.run();
        }
    }

    /** Asks for a sign of life, and looks for the answer. */
    void answers(SimEnd end, SimWire wire, BooleanConsumer then) {
        long asked = timeline.nowMillis();
        wire.half(end.at).offer(RecordType.PING, asked);
        pump(wire, end.at);
        look(end, wire, asked, then);
    }

    private void look(SimEnd end, SimWire wire, long asked, BooleanConsumer then) {
        SimLink half = wire.half(end.at);
        boolean any = bug == Bug.ANY_RECORD_ANSWERS && half.heardMillis > asked;
        if (!half.over && (half.answeredMillis >= asked || any)) {
            then.accept(true);
        } else if (half.over || timeline.nowMillis() - asked >= TEST_MILLIS) {
            then.accept(false);
        } else {
            timeline.at(LOOK_MILLIS, () -> look(end, wire, asked, then));
        }
    }

    void keepAlive(SimWire wire, int at) {
        SimLink half = wire.half(at);
        if (isOver(wire, at)) {
            return;
        }
        if (timeline.nowMillis() - half.heardMillis > MISSED_PINGS * PING_MILLIS) {
            links.ended(wire, at);
            hangUp(wire, at);
            return;
        }
        half.offer(RecordType.PING, timeline.nowMillis());
        pump(wire, at);
        timeline.at(PING_MILLIS, () -> awake(at, () -> keepAlive(wire, at)));
    }

    /** Says goodbye; what was not sent on this wire is not sent on it any more. */
    void close(SimWire wire, int at, int code) {
        SimLink half = wire.half(at);
        if (!half.over) {
            half.goodbye(code);
            pump(wire, at);
        }
    }

    /** This end has no wire any more; the other one learns it if the way is open. */
    void hangUp(SimWire wire, int at) {
        int far = wire.far(at);
        if (!network.isCut(at, far)) {
            long soonest = timeline.nowMillis() + network.wait(TRY_AGAIN_MILLIS);
            long last = Math.max(soonest, wire.half(at).arrivedMillis);
            timeline.at(last - timeline.nowMillis(), () -> links.ended(wire, far));
        }
    }

    /** Whether this end is done with it; it ends with its process, whatever is under way. */
    boolean isOver(SimWire wire, int at) {
        SimEnd end = links.end(at, wire.far(at));
        return wire.half(at).over || end == null || end.instance != wire.instance(at);
    }

    /** Sends what waits at one end, one record after the other. */
    void pump(SimWire wire, int at) {
        SimLink half = wire.half(at);
        if (isOver(wire, at) || half.sending) {
            return;
        }
        SimEnd end = links.end(at, wire.far(at));
        Optional<Queues> waiting =
                Optional.ofNullable(end).filter(e -> e.held == wire).map(e -> e.queues);
        Optional<byte[]> record = half.record(waiting, timeline.nowMillis());
        record.ifPresent(bytes -> {
            half.sending = true;
            transmit(wire, at, bytes);
        });
    }

    private void transmit(SimWire wire, int at, byte[] record) {
        SimLink half = wire.half(at);
        int far = wire.far(at);
        if (network.isCut(at, far)) {
            if (!wire.half(far).over) {
                timeline.at(TRY_AGAIN_MILLIS, () -> transmit(wire, at, record));
            }
            return;
        }
        long gone = network.passing(at, far, record.length);
        timeline.at(
                gone,
                () -> {
                    half.sending = false;
                    pump(wire, at);
                });
        long soonest = timeline.nowMillis() + gone + network.wait(TRY_AGAIN_MILLIS);
        half.arrivedMillis = Math.max(half.arrivedMillis, soonest);
        timeline.at(half.arrivedMillis - timeline.nowMillis(), () -> arrive(wire, far, record));
    }

    private void arrive(SimWire wire, int at, byte[] record) {
        SimLink half = wire.half(at);
        half.inbox.add(record);
        if (half.inbox.size() == 1) {
            awake(at, () -> read(wire, at));
        }
    }

    private void read(SimWire wire, int at) {
        SimLink half = wire.half(at);
        while (!half.inbox.isEmpty()) {
            if (!isOver(wire, at)) {
                take(wire, at, half.inbox.getFirst());
            }
            half.inbox.removeFirst();
        }
    }

    private void take(SimWire wire, int at, byte[] record) {
        SimLink half = wire.half(at);
        Opener.Opened opened = half.open(record);
        half.heardMillis = timeline.nowMillis();
        switch (opened.type()) {
            case DATA ->
                    half.join(
                            opened.plaintext(),
                            (stream, message) -> {
                                if (links.end(at, wire.far(at)) != null) {
                                    ends.arrived(
                                            wire.far(at), at, Traffic.values()[stream], message);
                                }
                            });
            case PING -> {
                half.offer(RecordType.PONG, SimLink.number(opened.plaintext(), 0));
                pump(wire, at);
            }
            case PONG -> half.answeredMillis = SimLink.number(opened.plaintext(), 0);
            case KEY_UPDATE -> {}
            case CLOSE -> {
                int code = half.code(opened.plaintext());
                links.ended(wire, at);
                if (code == CloseCode.SECOND_INSTANCE) {
                    ends.toldSecond(at, wire.far(at));
                }
            }
        }
    }
}
