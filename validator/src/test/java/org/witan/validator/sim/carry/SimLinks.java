package org.witan.validator.sim.carry;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.sim.plan.Bug;

/**
 * Links as real nodes have them, by the classes of real nodes: who dials and when ({@link
 * DialPlan}), who is kept out ({@code Ban}, {@code Ration}), which of two links holds ({@code
 * Rival}), and, on {@link SimWires}, sealed records, keep-alives, key updates and goodbyes.
 *
 * <p>The four messages of the handshake are four ways through the network and a decision at the
 * other end; their bytes are tested elsewhere.
 */
public final class SimLinks {
    private static final int STEP_MILLIS = 2_000;
    private static final int RETIRE_MILLIS = 3_000;
    private static final int RENEW_MILLIS = 4_000;
    private static final int KEPT = 0;

    /** Of those that end, whose system says so to the others; the rest lost their power. */
    private static final double KILLED_SHARE = 0.5;

    private final Timeline timeline;
    private final SimNetwork network;
    private final LinkEnds ends;
    private final Bug bug;
    private final SimWires wires;
    private final @Nullable SimEnd[][] table;

    public SimLinks(Timeline timeline, SimNetwork network, int nodes, LinkEnds ends, Bug bug) {
        this.timeline = timeline;
        this.network = network;
        this.ends = ends;
        this.bug = bug;
        wires = new SimWires(timeline, network, ends, bug, this);
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
                    wires.hangUp(held, at);
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

    /** A node keeps another one out for a while, since that one broke the rules. */
    public void punish(int at, int to) {
        SimEnd end = table[at][to];
        if (end == null) {
            return;
        }
        end.broke = true;
        if (end.plan.keepOut(now()) && end.held != null) {
            SimWire held = end.held;
            letGo(end);
            wires.close(held, at, CloseCode.RATE);
        }
    }

    private boolean keepsOut(SimEnd end) {
        return end.plan.keepsOut(now()) || end.broke && bug == Bug.NEVER_FORGIVE;
    }

    /** Whether a node hears another one: it has a link with it. */
    public boolean hears(int at, int from) {
        SimEnd end = table[at][from];
        return end != null && end.held != null;
    }

    /** Whether any node keeps another one out. */
    public boolean keepsAnyOut() {
        return Arrays.stream(table)
                .flatMap(Arrays::stream)
                .anyMatch(end -> end != null && end.plan.keepsOut(now()));
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
            wires.pump(end.held, from);
        }
    }

    @Nullable SimEnd end(int at, int to) {
        return table[at][to];
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
        long way = network.wait(SimWires.TRY_AGAIN_MILLIS);
        timeline.at(way, () -> wires.awake(to, arrives));
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
        } else if (keepsOut(end) || !end.handshakes.take(now())) {
            answer(opener, () -> turnedAway(opener, intent, CloseCode.RATE));
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
                        wires.hangUp(wire, wire.opener);
                        return;
                    }
                    admit(
                            opener,
                            wire,
                            refusal -> {
                                if (refusal == KEPT) {
                                    opener.plan.upByUs(now(), now() + RENEW_MILLIS, intent);
                                } else {
                                    wires.close(wire, opener.at, refusal);
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
        wires.answers(
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
                        wires.hangUp(held, end.at);
                    }
                    heard.run();
                });
    }

    /** Decides between a new wire and the one that holds; tells the code, or that it is kept. */
    private void admit(SimEnd end, SimWire wire, IntConsumer then) {
        SimWire old = end.held;
        if (!isThere(end)) {
            then.accept(CloseCode.GOING_AWAY);
        } else if (keepsOut(end)) {
            then.accept(CloseCode.RATE);
        } else if (old != null && bug == Bug.FIRST_LINK_STAYS) {
            then.accept(KEPT);
        } else if (old == null || end.rival(wire, old).replaces()) {
            keep(end, wire);
            then.accept(KEPT);
        } else {
            wires.answers(
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
            timeline.at(later, () -> wires.close(old, end.at, CloseCode.DUPLICATE));
        }
        wires.keepAlive(wire, end.at);
    }

    /** One end learns that its wire is over. */
    void ended(SimWire wire, int at) {
        wire.half(at).over = true;
        SimEnd end = table[at][wire.far(at)];
        if (end != null && end.held == wire) {
            letGo(end);
        }
    }

    private void letGo(SimEnd end) {
        end.held = null;
        end.queues.clear();
        end.plan.down(now(), network.chance());
        ends.changed(end.at, end.to, false);
        poke(end);
    }
}
