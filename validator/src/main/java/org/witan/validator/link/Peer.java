package org.witan.validator.link;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.dial.Ration;
import org.witan.validator.link.dial.Rival;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.session.Outbox;
import org.witan.validator.link.session.Session;

/**
 * How this node stands with one other: the plan to reach it, the session that holds, what waits.
 *
 * <p>Safe for any thread. {@link #delivery} orders what the listener is told.
 */
final class Peer {
    private static final long TEST_MILLIS = 2_000;
    private static final int KEEP = 0;
    private static final String CATCH_UP_ONLY =
            "for catching up only: it signs with a key of a later epoch";
    private static final long REPORT_MILLIS = 10_000;

    final ReentrantLock delivery = new ReentrantLock();
    final Outbox outbox = new Outbox(Traffic.rules());
    final NodeId id;

    private final NodeId self;
    private volatile Member member;
    private final DialPlan plan;
    private final Ration handshakes = new Ration(now());
    private @Nullable Session current;
    private Optional<Endpoint> advertised = Optional.empty();
    private LinkState.State state;
    private long sinceMillis = System.currentTimeMillis();
    private String lastError = "";
    private volatile long nextReportMillis = Long.MIN_VALUE;
    private int over = KEEP;

    Peer(NodeId self, Member member, Direction direction, LinkSettings settings) {
        this.self = self;
        this.member = member;
        id = member.id();
        plan = new DialPlan(direction, now(), settings.windowMillis());
        state = resting();
    }

    /** What {@link #admit} decided. */
    record Admission(int refusal, @Nullable Session replaced) {
        boolean isKept() {
            return refusal == KEEP;
        }
    }

    Member member() {
        return member;
    }

    /**
     * The roster says something new of it.
     *
     * @return the session that holds, if an earlier key than the one now in force made it: it
     *     carries nothing any more and is to be closed. A later key proves itself by certificates
     *     (H10)
     */
    synchronized Optional<Session> renew(Member newer) {
        member = newer;
        Session held = current;
        if (held != null && state == LinkState.State.UP && !isOfLaterKey(held)) {
            lastError = "";
        }
        return Optional.ofNullable(held).filter(this::isOfEarlierKey);
    }

    /** The roster does not name it any more; the session to close, if there is one. */
    synchronized Optional<Session> remove() {
        over = CloseCode.REMOVED;
        return Optional.ofNullable(current);
    }

    /** This node stops and keeps no link from here on; the session to close, if there is one. */
    synchronized Optional<Session> stop() {
        over = CloseCode.GOING_AWAY;
        return Optional.ofNullable(current);
    }

    /** The link, if this side opened it, is to be replaced by a fresh one by then. */
    synchronized void renewBy(long atMillis) {
        plan.renewBy(atMillis);
    }

    /**
     * Whether its link may carry this now, either way: nothing where the ledger removed it or the
     * key that made the link; what serves catching up where this node's ledger does not know that
     * key yet (H10); else all.
     */
    synchronized boolean carries(Traffic traffic) {
        Session held = current;
        if (over == CloseCode.REMOVED || held != null && isOfEarlierKey(held)) {
            return false;
        }
        return held == null || !isOfLaterKey(held) || traffic.servesCatchUp();
    }

    private boolean isOfEarlierKey(Session session) {
        return session.peer().claims().keyNumber() < member.keyNumber();
    }

    private boolean isOfLaterKey(Session session) {
        return session.peer().claims().keyNumber() > member.keyNumber();
    }

    /** It broke the rules and is kept out for a while; the session to end, if there is one. */
    synchronized Optional<Session> punish() {
        return plan.keepOut(now()) ? Optional.ofNullable(current) : Optional.empty();
    }

    /** Whether one more proven handshake of this member is taken: by ration, none in a ban. */
    synchronized boolean mayShake() {
        long now = now();
        return !plan.keepsOut(now) && handshakes.take(now);
    }

    /**
     * Decides between a newly authenticated session and the one that holds (D1 to D4). Blocks for
     * up to two seconds to see whether the old one still lives.
     */
    Admission admit(Session candidate) throws InterruptedException {
        while (true) {
            Session held;
            synchronized (this) {
                held = current;
                int barred = barrier(candidate);
                if (barred != KEEP) {
                    return new Admission(barred, null);
                }
                if (held == null || rival(candidate, held).replaces()) {
                    return keep(candidate, held);
                }
            }
            boolean alive = held.answers(TEST_MILLIS);
            synchronized (this) {
                if (current == held) {
                    int refusal = rival(candidate, held).refusal();
                    return alive ? new Admission(refusal, null) : keep(candidate, held);
                }
            }
        }
    }

    /** What keeps it out whatever link holds; much may have changed since its handshake began. */
    private int barrier(Session candidate) {
        if (over != KEEP) {
            return over;
        }
        if (isOfEarlierKey(candidate)) {
            return CloseCode.KEY_NOT_VALID;
        }
        return plan.keepsOut(now()) ? CloseCode.RATE : KEEP;
    }

    private Rival rival(Session candidate, Session held) {
        var instance = candidate.peer().claims().instance();
        return new Rival(
                instance.equals(held.peer().claims().instance()),
                candidate.openedByUs(),
                held.openedByUs(),
                plan.direction());
    }

    private Admission keep(Session candidate, @Nullable Session held) {
        current = candidate;
        candidate.takeOver();
        advertised = candidate.peer().claims().advertised();
        turn(LinkState.State.UP, isOfLaterKey(candidate) ? CATCH_UP_ONLY : "");
        return new Admission(KEEP, held);
    }

    /** The session was announced; it is renewed by whoever opened it. */
    synchronized void up(Session session, long renewMillis) {
        if (current != session) {
            return;
        }
        if (session.openedByUs()) {
            plan.upByUs(now(), now() + renewMillis, session.peer().intent());
        } else {
            plan.upByOther(now());
        }
    }

    /** A session ended; true if it was the one that held. */
    synchronized boolean ended(Session session, String why) {
        if (current != session) {
            return false;
        }
        current = null;
        plan.down(now(), chance());
        turn(resting(), why);
        return true;
    }

    /** An attempt of this node failed; answers whether the reason is a new one. */
    synchronized boolean failed(String why, boolean refused) {
        plan.failed(now(), chance());
        boolean news = !why.equals(lastError);
        if (current == null) {
            turn(refused ? LinkState.State.REFUSED : resting(), why);
        }
        return news;
    }

    /** This node's knock was heard. */
    synchronized void heard() {
        plan.heard(now());
        if (current == null) {
            turn(resting(), "");
        }
    }

    /** The peer knocked, and may have said where it is. */
    synchronized void summoned(Optional<Endpoint> endpoint) {
        advertised = endpoint.or(() -> advertised);
        plan.summoned(now());
    }

    /** Messages dropped since the last report, once in ten seconds; else 0. */
    long dropsToReport() {
        long now = now();
        if (now < nextReportMillis) {
            return 0;
        }
        long dropped = outbox.takeDropped();
        if (dropped > 0) {
            nextReportMillis = now + REPORT_MILLIS;
        }
        return dropped;
    }

    synchronized Optional<Intent> due() {
        return plan.due(now());
    }

    synchronized long wakeAtMillis() {
        return plan.wakeAtMillis();
    }

    synchronized Optional<Session> session() {
        return Optional.ofNullable(current);
    }

    synchronized Optional<Endpoint> advertised() {
        return advertised;
    }

    synchronized LinkState state() {
        Session session = current;
        Optional<NodeId> opener =
                session == null ? Optional.empty() : Optional.of(session.openedByUs() ? self : id);
        OptionalDouble rtt = OptionalDouble.empty();
        if (session != null && session.rttNanos().isPresent()) {
            rtt = OptionalDouble.of(session.rttNanos().getAsLong() / 1e6);
        }
        return new LinkState(id, state, opener, rtt, sinceMillis, lastError);
    }

    private void turn(LinkState.State to, String why) {
        if (state != to) {
            state = to;
            sinceMillis = System.currentTimeMillis();
        }
        lastError = why;
    }

    private LinkState.State resting() {
        return plan.direction() == Direction.OPENS
                ? LinkState.State.DIALLING
                : LinkState.State.WAITING;
    }

    Direction direction() {
        return plan.direction();
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }
}
