package org.witan.validator.link;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.witan.genesis.membership.Member;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Step;
import org.witan.validator.link.session.Outbox;
import org.witan.validator.link.session.Outcome;
import org.witan.validator.link.session.Session;

/** Runs authenticated sessions: which one of a pair holds, and what the listener hears of it. */
final class Switchboard {
    private static final long RETIRE_MILLIS = 3_000;
    private static final long CUT_MILLIS = 2_000;
    private static final long LISTEN_MILLIS = 5_000;
    private static final int[] LIMITS =
            Arrays.stream(Traffic.values()).mapToInt(Traffic::messageBytes).toArray();
    private static final Traffic[] TRAFFIC = Traffic.values();

    private final LinkSettings settings;
    private final LinkListener listener;
    private final ScheduledExecutorService clock;
    private final IntSupplier leastProtocol;
    private volatile Runnable changed = () -> {};

    Switchboard(
            LinkSettings settings,
            LinkListener listener,
            ScheduledExecutorService clock,
            IntSupplier leastProtocol) {
        this.leastProtocol = leastProtocol;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
    }

    /** What to do when a plan changed because a link came or went. */
    void onChange(Runnable action) {
        changed = action;
    }

    /** Closes a session; who does not close its end has no link after two seconds. */
    void end(Session session, int code, String why) {
        session.close(code, why);
        cutLater(session, CUT_MILLIS);
    }

    /** The same behind what waits for it, for which there are five seconds. */
    void endWhenSent(Session session, int code, String why) {
        session.closeWhenSent(code, why);
        cutLater(session, LISTEN_MILLIS);
    }

    private void cutLater(Session session, long millis) {
        var _ = clock.schedule(session::cut, millis, TimeUnit.MILLISECONDS);
    }

    /** A session over a wire whose handshake is done. */
    Session session(Wire wire, Outcome.Proven proven, boolean openedByUs, Outbox outbox) {
        var terms = new Session.Terms(proven.peer(), openedByUs, LIMITS, settings.pingMillis());
        return new Session(wire, proven.keys(), terms, outbox);
    }

    /**
     * Runs a session from its handshake to its end; blocks as long as it lives.
     *
     * @return how it ended if it was never announced; empty if it held for a while
     */
    Optional<Session.End> serve(Peer peer, Session session) throws InterruptedException {
        if (session.openedByUs()) {
            Optional<Session.End> turnedAway = session.greeted();
            if (turnedAway.isPresent()) {
                return turnedAway;
            }
        }
        if (session.peer().protocol() < leastProtocol.getAsInt()) {
            String why = "it speaks protocol " + session.peer().protocol();
            tell(
                    LinkEvent.Kind.NO_COMMON_VERSION,
                    peer,
                    session.address(),
                    CloseCode.BELOW_MINIMUM,
                    why);
            return Optional.of(dismiss(session, CloseCode.BELOW_MINIMUM, why));
        }
        Peer.Admission admission = peer.admit(session);
        if (!admission.isKept()) {
            return Optional.of(refuse(peer, session, admission.refusal()));
        }
        session.start();
        announce(peer, session, Optional.ofNullable(admission.replaced()));
        changed.run();
        Session.End end = new Session.End(CloseCode.GOING_AWAY, false, "its reader stopped");
        try {
            end = session.run((stream, message) -> deliver(peer, stream, message));
        } finally {
            withdraw(peer, session, end);
        }
        changed.run();
        return Optional.empty();
    }

    private Session.End refuse(Peer peer, Session session, int code) throws InterruptedException {
        LinkEvent.Kind kind =
                code == CloseCode.SECOND_INSTANCE
                        ? LinkEvent.Kind.SECOND_INSTANCE
                        : LinkEvent.Kind.MEMBER_REFUSED;
        String why =
                switch (code) {
                    case CloseCode.SECOND_INSTANCE ->
                            "instance "
                                    + session.peer().claims().instance()
                                    + " came while another one lives";
                    case CloseCode.RATE -> "it broke the rules and is kept out for a while";
                    case CloseCode.GOING_AWAY -> "this node stops";
                    case CloseCode.REMOVED -> "the ledger removed it meanwhile";
                    case CloseCode.KEY_NOT_VALID -> "its key was replaced meanwhile";
                    default -> "the link that holds still answers";
                };
        tell(kind, peer, session.address(), code, why);
        return dismiss(session, code, why);
    }

    /** Closes a session that was never announced, and reads it to its end. */
    Session.End dismiss(Session session, int code, String why) throws InterruptedException {
        // Closed before its writer starts, so that the goodbye is the first record.
        session.close(code, why);
        session.start();
        return session.run((_, _) -> {});
    }

    private void announce(Peer peer, Session session, Optional<Session> replaced) {
        peer.delivery.lock();
        try {
            peer.up(session, settings.renewMillis());
            boolean fresh = replaced.isEmpty() || !sameInstance(replaced.get(), session);
            if (fresh && replaced.isPresent()) {
                listener.down(peer.id, "another instance took its place");
            }
            if (fresh) {
                listener.up(peer.id, info(peer.member(), session));
            }
        } finally {
            peer.delivery.unlock();
        }
        replaced.ifPresent(old -> retire(peer, old));
    }

    private static boolean sameInstance(Session one, Session other) {
        return one.peer().claims().instance().equals(other.peer().claims().instance());
    }

    /** The side that opened the old session closes it; the other one only if that does not. */
    private void retire(Peer peer, Session old) {
        tell(LinkEvent.Kind.REPLACED, peer, old.address(), CloseCode.DUPLICATE, "by a newer link");
        Runnable close = () -> old.close(CloseCode.DUPLICATE, "a newer link took its place");
        if (old.openedByUs()) {
            close.run();
        } else {
            var _ = clock.schedule(close, RETIRE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void deliver(Peer peer, int stream, byte[] message) {
        if (!peer.carries(TRAFFIC[stream])) {
            return;
        }
        peer.delivery.lock();
        try {
            listener.received(peer.id, TRAFFIC[stream].channel(), message);
        } finally {
            peer.delivery.unlock();
        }
    }

    private void withdraw(Peer peer, Session session, Session.End end) {
        if (end.code() == CloseCode.FAILED && !end.proven()) {
            tell(LinkEvent.Kind.PROTOCOL_BROKEN, peer, session.address(), end.code(), end.detail());
        }
        if (end.proven() && end.code() == CloseCode.SECOND_INSTANCE) {
            weAreSecond(peer, session);
        }
        peer.delivery.lock();
        try {
            if (peer.ended(session, end.code() + ": " + end.detail())) {
                listener.down(peer.id, end.code() + ": " + end.detail());
            }
        } finally {
            peer.delivery.unlock();
        }
    }

    /** A proven peer says that another process with this node's id runs. */
    void weAreSecond(Peer peer, Session session) {
        tell(
                LinkEvent.Kind.WE_ARE_SECOND_INSTANCE,
                peer,
                session.address(),
                CloseCode.SECOND_INSTANCE,
                "it is linked with another process of this node's id");
    }

    void tell(LinkEvent.Kind kind, Peer peer, String address, int code, String detail) {
        listener.event(new LinkEvent(kind, Optional.of(peer.id), address, code, detail));
    }

    private static PeerInfo info(Member member, Session session) {
        Step.Peer peer = session.peer();
        return new PeerInfo(
                member.id(),
                member.role(),
                peer.claims().position(),
                peer.claims().instance(),
                peer.claims().build(),
                session.openedByUs(),
                peer.features(),
                peer.claims().advertised(),
                session.address());
    }
}
