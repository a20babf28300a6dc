package org.witan.validator.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.link.dial.DialPlan;
import org.witan.validator.link.guard.Addresses;
import org.witan.validator.link.guard.GuardedClient;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.handshake.Initiator;
import org.witan.validator.link.handshake.Intent;
import org.witan.validator.link.handshake.Party;
import org.witan.validator.link.session.Handshaker;
import org.witan.validator.link.session.Outcome;
import org.witan.validator.link.session.Session;
import org.witan.validator.link.session.Unreachable;

/** Starts the attempts that the peers' plans ask for, each on a virtual thread of its own. */
final class Dialler {
    private static final long IDLE_MILLIS = 60_000;

    private final Directory directory;
    private final Supplier<Collection<Peer>> peers;
    private final Switchboard switchboard;
    private final Handshaker handshaker;
    private final Addresses addresses;
    private final ScheduledExecutorService clock;
    private final Semaphore poked = new Semaphore(0);
    private volatile boolean stopped;

    Dialler(
            Directory directory,
            Supplier<Collection<Peer>> peers,
            Switchboard switchboard,
            Handshaker handshaker,
            Reach reach) {
        this.directory = directory;
        this.peers = peers;
        this.switchboard = switchboard;
        this.handshaker = handshaker;
        addresses = reach.addresses();
        clock = reach.clock();
    }

    /**
     * What a connection needs besides its target.
     *
     * @param addresses turns names into addresses
     * @param clock runs short deadlines
     */
    record Reach(Addresses addresses, ScheduledExecutorService clock) {}

    void start() {
        Thread.ofVirtual().name("link-dial").start(this::loop);
    }

    void stop() {
        stopped = true;
        poke();
    }

    /** A plan changed. */
    void poke() {
        poked.release();
    }

    private void loop() {
        try {
            while (!stopped) {
                for (Peer peer : peers.get()) {
                    peer.due().ifPresent(intent -> launch(peer, intent));
                }
                rest();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void rest() throws InterruptedException {
        long next = DialPlan.NEVER;
        for (Peer peer : peers.get()) {
            next = Math.min(next, peer.wakeAtMillis());
        }
        long left = next == DialPlan.NEVER ? IDLE_MILLIS : next - Peer.now();
        if (poked.tryAcquire(Math.max(0, left), TimeUnit.MILLISECONDS)) {
            poked.drainPermits();
        }
    }

    private void launch(Peer peer, Intent intent) {
        Thread.ofVirtual().name("link-" + peer.id).start(() -> attempt(peer, intent));
    }

    private void attempt(Peer peer, Intent intent) {
        try {
            Optional<Party.Known> known = directory.known(peer.member());
            List<Endpoint> endpoints = directory.endpoints(peer.id, peer.advertised());
            String why = "no endpoint is known";
            for (Endpoint endpoint : endpoints) {
                if (known.isEmpty() || stopped) {
                    break;
                }
                try {
                    shake(peer, intent, known.get(), connect(endpoint));
                    return;
                } catch (IOException unreachable) {
                    why = endpoint + ": " + Unreachable.sentence(unreachable);
                }
            }
            peer.failed(why, false);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            poke();
        }
    }

    private Wire connect(Endpoint endpoint) throws IOException, InterruptedException {
        IOException last = new IOException("no address");
        for (InetAddress address : addresses.resolve(endpoint.host())) {
            try {
                return GuardedClient.connect(
                        endpoint.host(), new InetSocketAddress(address, endpoint.port()), clock);
            } catch (IOException unreachable) {
                last = unreachable;
            }
        }
        throw last;
    }

    /** Handshake and what follows. */
    private void shake(Peer peer, Intent intent, Party.Known known, Wire wire)
            throws InterruptedException {
        Outcome outcome =
                handshaker.initiate(
                        directory.party(), new Initiator.Target(peer.id, known, intent), wire);
        if (outcome instanceof Outcome.Failed failed) {
            failed(peer, failed, wire);
        } else if (outcome instanceof Outcome.Proven proven) {
            Session session = switchboard.session(wire, proven, true, peer.outbox);
            Optional<Session.End> end =
                    intent == Intent.KNOCK
                            ? Optional.of(knock(session))
                            : switchboard.serve(peer, session);
            end.ifPresent(how -> turnedAway(peer, intent, session, how));
        }
    }

    private Session.End knock(Session session) throws InterruptedException {
        Optional<Session.End> end = session.greeted();
        return end.isPresent()
                ? end.get()
                : switchboard.dismiss(session, CloseCode.FAILED, "it answered a knock with a link");
    }

    private void turnedAway(Peer peer, Intent intent, Session session, Session.End end) {
        if (intent == Intent.KNOCK && end.proven() && end.code() == CloseCode.WRONG_DIRECTION) {
            peer.heard();
            return;
        }
        if (end.proven() && end.code() == CloseCode.SECOND_INSTANCE) {
            switchboard.weAreSecond(peer, session);
        }
        peer.failed(end.code() + ": " + end.detail(), end.proven());
    }

    private void failed(Peer peer, Outcome.Failed failed, Wire wire) {
        boolean news = peer.failed(failed.detail(), failed.byPeer());
        if (news) {
            LinkEvent.Kind kind =
                    switch (failed.code()) {
                        case CloseCode.WRONG_NETWORK -> LinkEvent.Kind.WRONG_NETWORK;
                        case CloseCode.NO_COMMON_VERSION -> LinkEvent.Kind.NO_COMMON_VERSION;
                        default -> LinkEvent.Kind.REFUSED_BY_PEER;
                    };
            String address = wire.address().getHostAddress();
            switchboard.tell(kind, peer, address, failed.code(), failed.detail());
        }
    }
}
