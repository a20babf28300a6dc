package org.witan.validator.link;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.guard.Addresses;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.session.Handshaker;
import org.witan.validator.link.session.Outbox;
import org.witan.validator.link.session.Outcome;
import org.witan.validator.link.session.Session;

/** Answers whoever opens a wire to this node, on a virtual thread each. */
final class Acceptor {
    private static final long TEST_MILLIS = 2_000;
    private static final int REPORTS_PER_SECOND = 10;

    private final Directory directory;
    private final Function<NodeId, @Nullable Peer> peers;
    private final Switchboard switchboard;
    private final Handshaker handshaker;
    private final Addresses addresses;
    private final LinkListener listener;
    private final IntSupplier places;
    private volatile Runnable poke = () -> {};
    private long reportSecond;
    private int reports;

    Acceptor(
            Directory directory,
            Function<NodeId, @Nullable Peer> peers,
            Switchboard switchboard,
            Handshaker handshaker,
            Telling telling) {
        this.directory = directory;
        this.peers = peers;
        this.switchboard = switchboard;
        this.handshaker = handshaker;
        addresses = telling.addresses();
        listener = telling.listener();
        places = telling.places();
    }

    /**
     * Whom an acceptor tells what it learns.
     *
     * @param addresses where members are
     * @param listener the node
     * @param places how many more members that do not vote may be linked
     */
    record Telling(Addresses addresses, LinkListener listener, IntSupplier places) {}

    /** What to do when a knock changed a plan. */
    void onKnock(Runnable action) {
        poke = action;
    }

    /** Takes a wire that finished its upgrade; returns at once. */
    void accept(Wire wire) {
        Thread.ofVirtual().name("link-accept").start(() -> answer(wire));
    }

    /** The system lets nobody in at the moment; accepting goes on by itself. */
    void starved(String why) {
        if (mayReport()) {
            listener.event(
                    new LinkEvent(
                            LinkEvent.Kind.ACCEPTING_PAUSED,
                            Optional.empty(),
                            "",
                            0,
                            why + "; accepting goes on as soon as that ends"));
        }
    }

    private void answer(Wire wire) {
        try {
            boolean listed = addresses.isListed(wire.address());
            Outcome outcome = handshaker.respond(directory.party(), wire, listed);
            switch (outcome) {
                case Outcome.Failed failed -> report(failed, wire);
                case Outcome.Proven proven -> proven(proven, wire);
            }
        } catch (InterruptedException stop) {
            wire.cut();
            Thread.currentThread().interrupt();
        }
    }

    private void proven(Outcome.Proven proven, Wire wire) throws InterruptedException {
        addresses.list(wire.address());
        Peer peer = peers.apply(proven.peer().id());
        if (peer == null) {
            strange(proven, wire);
        } else if (!peer.mayShake()) {
            Session session = switchboard.session(wire, proven, false, new Outbox(Traffic.rules()));
            String why = "it opens links more than once a second, or broke the rules";
            switchboard.tell(
                    LinkEvent.Kind.MEMBER_REFUSED, peer, session.address(), CloseCode.RATE, why);
            switchboard.dismiss(session, CloseCode.RATE, why);
        } else if (isOneTooMany(peer)) {
            Session session = switchboard.session(wire, proven, false, new Outbox(Traffic.rules()));
            String why = "as many followers are linked as this node takes";
            switchboard.dismiss(session, CloseCode.RATE, why);
        } else if (proven.peer().intent() == Intent.KNOCK) {
            knocked(peer, switchboard.session(wire, proven, false, new Outbox(Traffic.rules())));
        } else {
            var _ = switchboard.serve(peer, switchboard.session(wire, proven, false, peer.outbox));
            poke.run();
        }
    }

    /** Who shows an invitation is taken to the ledger, and comes again. */
    private void strange(Outcome.Proven proven, Wire wire) throws InterruptedException {
        boolean invited = proven.peer().key().byCertificates();
        if (invited) {
            listener.newcomer(proven.peer().id(), proven.peer().claims().keyProof());
        }
        String why = invited ? "its invitation is being redeemed" : "no member any more";
        Session session = switchboard.session(wire, proven, false, new Outbox(Traffic.rules()));
        switchboard.dismiss(session, CloseCode.NOT_A_MEMBER, why);
    }

    /** Members that do not vote share a number of places, so that validators never want for one. */
    private boolean isOneTooMany(Peer peer) {
        return peer.direction() == Direction.IS_CALLED
                && peer.session().isEmpty()
                && places.getAsInt() <= 0;
    }

    private void knocked(Peer peer, Session session) throws InterruptedException {
        Optional<Session> held = peer.session();
        boolean other =
                held.isPresent()
                        && !held.get()
                                .peer()
                                .claims()
                                .instance()
                                .equals(session.peer().claims().instance());
        if (other && held.get().answers(TEST_MILLIS)) {
            String why = "instance " + session.peer().claims().instance() + " knocks too";
            int code = CloseCode.SECOND_INSTANCE;
            switchboard.tell(LinkEvent.Kind.SECOND_INSTANCE, peer, session.address(), code, why);
            var _ = switchboard.dismiss(session, code, why);
            return;
        }
        if (held.isEmpty()) {
            peer.summoned(session.peer().claims().advertised());
            poke.run();
        }
        var _ = switchboard.dismiss(session, CloseCode.WRONG_DIRECTION, "this node opens");
        if (held.isPresent() && (other || !held.get().answers(TEST_MILLIS))) {
            held.get().cut();
        }
    }

    private void report(Outcome.Failed failed, Wire wire) {
        if (failed.byPeer() || !mayReport()) {
            return;
        }
        LinkEvent.Kind kind =
                switch (failed.code()) {
                    case CloseCode.WRONG_NETWORK -> LinkEvent.Kind.WRONG_NETWORK;
                    case CloseCode.NO_COMMON_VERSION -> LinkEvent.Kind.NO_COMMON_VERSION;
                    default ->
                            failed.ownId()
                                    ? LinkEvent.Kind.IDENTICAL_ID
                                    : LinkEvent.Kind.STRANGER_REFUSED;
                };
        String address = wire.address().getHostAddress();
        listener.event(
                new LinkEvent(kind, Optional.empty(), address, failed.code(), failed.detail()));
    }

    private synchronized boolean mayReport() {
        long second = Peer.now() / 1_000;
        if (second != reportSecond) {
            reportSecond = second;
            reports = 0;
        }
        return ++reports <= REPORTS_PER_SECOND;
    }
}
