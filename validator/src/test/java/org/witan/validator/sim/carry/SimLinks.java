package org.witan.validator.sim.carry;

import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.Traffic;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.record.Opener;
import org.witan.validator.link.record.RecordType;
import org.witan.validator.link.session.Queues;
import org.witan.validator.sim.plan.Bug;

/**
 * Links as real nodes have them, by the classes of real nodes: who dials and when ({@link
 * DialPlan}), which of two links holds ({@code Rival}), sealed records, keep-alives, key updates
 * and goodbyes. What is sent on a wire arrives, once and in order, or the wire ends: loss costs
 * time, and silence ends a wire at each end by itself.
 *
 * <p>The four messages of the handshake are four ways through the network and a decision at the
 * other end; their bytes are tested elsewhere.
 */
public final class SimLinks {
    private static final int PING_MILLIS = 700;
    private static final int MISSED_PINGS = 3;
    private static final int TRY_AGAIN_MILLIS = 200;
    private static final int STEP_MILLIS = 2_000;
    private static final int TEST_MILLIS = 2_000;
    private static final int RETIRE_MILLIS = 3_000;
    private static final int RENEW_MILLIS = 4_000;
    private static final int KEPT = 0;

    /** Of those that end, whose system says so to the others; the rest lost their power. */
    private static final double KILLED_SHARE = 0.5;

    private static final int LOOK_MILLIS = 50;

    private final Timeline timeline;
    private final SimNetwork network;
    private final LinkEnds ends;
    private final Bug bug;
    private final @Nullable SimEnd[][] table;

    /** Takes whether something lives. */
    @FunctionalInterface
    private interface BooleanConsumer {
        void accept(boolean alive);
    }

    public SimLinks(Timeline timeline, SimNetwork network, int nodes, LinkEnds ends, Bug bug) {
        this.timeline = timeline;
        this.network = network;
        this.ends = ends;
        this.bug = bug;
        table = new SimEnd[nodes][nodes];
    }

    /** A process came or went, or its ledger names other members. */
    public void refresh(int node) {
        for (int other = 0; other < table.length; other++) {
            if (other != node) {
                refresh(node, other);
                refresh(other, node);
            }
        }
    }

    private void refresh(int at, int to) {
        SimEnd end = table[at][to];
        boolean wanted = ends.links(at, to);
        if (end != null && (!wanted || end.instance != ends.instance(at))) {
            table[at][to] = null;
            SimWire held = end.held;
            if (held != null) {
                held.half(at).over = true;
                if (network.chance() < KILLED_SHARE) {
                    hangUp(held, at);
                }
            }
        }
        if (wanted && table[at][to] == null) {
            SimEnd fresh = new SimEnd(at, to, ends.instance(at), ends.direction(at, to), now());
            table[at][to] = fresh;
            poke(fresh);
        }
    }

    /** Whether both ends of a pair write on the same wire, or neither wants to link. */
    public boolean agree(int one, int other) {
        SimEnd near = table[one][other];
        SimEnd far = table[other][one];
        if (near == null || far == null) {
            return near == far;
        }
        return near.held != null && near.held == far.held;
    }

    /** Both ends notice that their wire broke. */
    public void cut(int one, int other) {
        for (SimEnd end : new SimEnd[] {table[one][other], table[other][one]}) {
            if (end != null && end.held != null) {
                ended(end.held, end.at);
            }
        }
    }

    /** Sends, if there is a link. */
    public void send(int from, int to, Packet packet) {
        SimEnd end = table[from][to];
        if (end != null && end.held != null) {
            end.queues.offer(packet.traffic().ordinal(), packet.bytes());
            pump(end.held, from);
        }
    }

    private long now() {
        return timeline.nowMillis();
    }

    private boolean isThere(SimEnd end) {
        return table[end.at][end.to] == end;
    }

    /** Looks at the plan now, and again when it says. */
    private void poke(SimEnd end) {
        if (!isThere(end)) {
            return;
        }
        end.plan.due(now()).ifPresent(intent -> dial(end, intent));
        long wake = end.plan.wakeAtMillis();
        if (wake != DialPlan.NEVER && (end.alarm <= now() || wake < end.alarm)) {
            end.alarm = Math.max(wake, now() + 1);
            timeline.at(end.alarm - now(), () -> poke(end));
        }
    }

    private void dial(SimEnd end, Intent intent) {
        if (network.isWalled(end.to)) {
            timeline.at(1, () -> failed(end));
            return;
        }
        Runnable lost = () -> failed(end);
        hop(
                end.at,
                end.to,
                lost,
                () ->
                        hop(
                                end.to,
                                end.at,
                                lost,
                                () -> hop(end.at, end.to, lost, () -> proven(end, intent))));
    }

    /** One message of a handshake, or what a handshake waits for in vain. */
    private void hop(int from, int to, Runnable lost, Runnable arrives) {
        if (network.isCut(from, to)) {
            timeline.at(STEP_MILLIS, lost);
            return;
        }
        long way = network.wait(TRY_AGAIN_MILLIS);
        timeline.at(way, () -> awake(to, arrives));
    }

    /** A process that stands still does what came meanwhile when it goes on, in any order. */
    private void awake(int node, Runnable then) {
        long frozen = ends.frozenUntilMillis(node) - now();
        if (frozen > 0) {
            timeline.at(frozen + (long) (network.chance() * LOOK_MILLIS), then);
        } else {
            then.run();
        }
    }

    private void failed(SimEnd end) {
        if (isThere(end)) {
            end.plan.failed(now(), network.chance());
            poke(end);
        }
    }

    /** The opener has proven itself to the other side, which decides. */
    private void proven(SimEnd opener, Intent intent) {
        SimEnd end = table[opener.to][opener.at];
        boolean wrongWay =
                end != null && intent == Intent.LINK && end.plan.direction() == Direction.OPENS;
        if (end == null || wrongWay || !isThere(opener)) {
            int code = end == null ? CloseCode.NOT_A_MEMBER : CloseCode.WRONG_DIRECTION;
            answer(opener, () -> turnedAway(opener, intent, code));
        } else if (intent == Intent.KNOCK) {
            knocked(end, opener);
        } else {
            int[] lives = {opener.instance, end.instance};
            SimWire wire = new SimWire(opener.at, end.at, lives, bug, now());
            admit(end, wire, code -> admitted(opener, intent, wire, code));
        }
    }

    private void answer(SimEnd opener, Runnable then) {
        hop(opener.to, opener.at, () -> failed(opener), then);
    }

    /** The other side kept the wire or did not; now the opener learns of it. */
    private void admitted(SimEnd opener, Intent intent, SimWire wire, int code) {
        if (code != KEPT) {
            answer(opener, () -> turnedAway(opener, intent, code));
            return;
        }
        answer(
                opener,
                () -> {
                    if (!isThere(opener)) {
                        hangUp(wire, wire.opener);
                        return;
                    }
                    admit(
                            opener,
                            wire,
                            refusal -> {
                                if (refusal == KEPT) {
                                    opener.plan.upByUs(now(), now() + RENEW_MILLIS, intent);
                                } else {
                                    close(wire, opener.at, refusal);
                                    opener.plan.failed(now(), network.chance());
                                }
                                poke(opener);
                            });
                });
    }

    private void turnedAway(SimEnd opener, Intent intent, int code) {
        if (!isThere(opener)) {
            return;
        }
        if (code == CloseCode.SECOND_INSTANCE) {
            ends.toldSecond(opener.at, opener.to);
        }
        if (intent == Intent.KNOCK && code == CloseCode.WRONG_DIRECTION) {
            opener.plan.heard(now());
        } else {
            opener.plan.failed(now(), network.chance());
        }
        poke(opener);
    }

    private void knocked(SimEnd end, SimEnd knocker) {
        SimWire held = end.held;
        Runnable heard =
                () ->
                        answer(
                                knocker,
                                () -> turnedAway(knocker, Intent.KNOCK, CloseCode.WRONG_DIRECTION));
        if (held == null) {
            end.plan.summoned(now());
            poke(end);
            heard.run();
            return;
        }
        boolean another = held.farInstance(end.at) != knocker.instance;
        answers(
                end,
                held,
                alive -> {
                    if (another && alive) {
                        answer(
                                knocker,
                                () -> turnedAway(knocker, Intent.KNOCK, CloseCode.SECOND_INSTANCE));
                        return;
                    }
                    if (!alive || another) {
                        ended(held, end.at);
                        hangUp(held, end.at);
                    }
                    heard.run();
                });
    }

    /** Decides between a new wire and the one that holds; tells the code, or that it is kept. */
    private void admit(SimEnd end, SimWire wire, IntConsumer then) {
        SimWire old = end.held;
        if (!isThere(end)) {
            then.accept(CloseCode.GOING_AWAY);
        } else if (old != null && bug == Bug.FIRST_LINK_STAYS) {
            then.accept(KEPT);
        } else if (old == null || end.rival(wire, old).replaces()) {
            keep(end, wire);
            then.accept(KEPT);
        } else {
            answers(
                    end,
                    old,
                    alive -> {
                        if (end.held != old) {
                            admit(end, wire, then);
                        } else if (alive) {
                            then.accept(end.rival(wire, old).refusal());
                        } else {
                            keep(end, wire);
                            then.accept(KEPT);
                        }
                    });
        }
    }

    /** Asks for a sign of life, and looks for the answer. */
    private void answers(SimEnd end, SimWire wire, BooleanConsumer then) {
        long asked = now();
        wire.half(end.at).offer(RecordType.PING, asked);
        pump(wire, end.at);
        look(end, wire, asked, then);
    }

    private void look(SimEnd end, SimWire wire, long asked, BooleanConsumer then) {
        SimLink half = wire.half(end.at);
        boolean any = bug == Bug.ANY_RECORD_ANSWERS && half.heardMillis > asked;
        if (!half.over && (half.answeredMillis >= asked || any)) {
            then.accept(true);
        } else if (half.over || now() - asked >= TEST_MILLIS) {
            then.accept(false);
        } else {
            timeline.at(LOOK_MILLIS, () -> look(end, wire, asked, then));
        }
    }

    private void keep(SimEnd end, SimWire wire) {
        SimWire old = end.held;
        end.held = wire;
        end.queues.rewind();
        if (wire.opener != end.at) {
            end.plan.upByOther(now());
        }
        boolean fresh = old == null || old.farInstance(end.at) != wire.farInstance(end.at);
        if (fresh && old != null) {
            ends.changed(end.at, end.to, false);
        }
        if (fresh) {
            end.queues.clear();
            ends.changed(end.at, end.to, true);
        }
        if (old != null) {
            long later = old.opener == end.at ? 0 : RETIRE_MILLIS;
            timeline.at(later, () -> close(old, end.at, CloseCode.DUPLICATE));
        }
        keepAlive(wire, end.at);
    }

    private void keepAlive(SimWire wire, int at) {
        SimLink half = wire.half(at);
        if (isOver(wire, at)) {
            return;
        }
        if (now() - half.heardMillis > MISSED_PINGS * PING_MILLIS) {
            ended(wire, at);
            hangUp(wire, at);
            return;
        }
        half.offer(RecordType.PING, now());
        pump(wire, at);
        timeline.at(PING_MILLIS, () -> awake(at, () -> keepAlive(wire, at)));
    }

    /** Says goodbye; what was not sent on this wire is not sent on it any more. */
    private void close(SimWire wire, int at, int code) {
        SimLink half = wire.half(at);
        if (!half.over) {
            half.goodbye(code);
            pump(wire, at);
        }
    }

    /** This end has no wire any more; the other one learns it if the way is open. */
    private void hangUp(SimWire wire, int at) {
        int far = wire.far(at);
        if (!network.isCut(at, far)) {
            long soonest = now() + network.wait(TRY_AGAIN_MILLIS);
            long last = Math.max(soonest, wire.half(at).arrivedMillis);
            timeline.at(last - now(), () -> ended(wire, far));
        }
    }

    /** One end learns that its wire is over. */
    private void ended(SimWire wire, int at) {
        wire.half(at).over = true;
        SimEnd end = table[at][wire.far(at)];
        if (end != null && end.held == wire) {
            end.held = null;
            end.queues.clear();
            end.plan.down(now(), network.chance());
            ends.changed(at, end.to, false);
            poke(end);
        }
    }

    /** Whether this end is done with it; it ends with its process, whatever is under way. */
    private boolean isOver(SimWire wire, int at) {
        SimEnd end = table[at][wire.far(at)];
        return wire.half(at).over || end == null || end.instance != wire.instance(at);
    }

    /** Sends what waits at one end, one record after the other. */
    private void pump(SimWire wire, int at) {
        SimLink half = wire.half(at);
        if (isOver(wire, at) || half.sending) {
            return;
        }
        SimEnd end = table[at][wire.far(at)];
        Optional<Queues> waiting =
                Optional.ofNullable(end).filter(e -> e.held == wire).map(e -> e.queues);
        Optional<byte[]> record = half.record(waiting, now());
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
        long soonest = now() + gone + network.wait(TRY_AGAIN_MILLIS);
        half.arrivedMillis = Math.max(half.arrivedMillis, soonest);
        timeline.at(half.arrivedMillis - now(), () -> arrive(wire, far, record));
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
        half.heardMillis = now();
        switch (opened.type()) {
            case DATA ->
                    half.join(
                            opened.plaintext(),
                            (stream, message) -> {
                                if (table[at][wire.far(at)] != null) {
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
                ended(wire, at);
                if (code == CloseCode.SECOND_INSTANCE) {
                    ends.toldSecond(at, wire.far(at));
                }
            }
        }
    }
}
