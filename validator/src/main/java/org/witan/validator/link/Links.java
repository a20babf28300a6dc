package org.witan.validator.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.dial.Direction;
import org.witan.validator.link.guard.Addresses;
import org.witan.validator.link.guard.GuardedServer;
import org.witan.validator.link.guard.HalfOpen;
import org.witan.validator.link.guard.Wire;
import org.witan.validator.link.handshake.CloseCode;
import org.witan.validator.link.session.CryptoGate;
import org.witan.validator.link.session.Handshaker;
import org.witan.validator.link.session.Session;

/**
 * All links of one node: opens, accepts, keeps and renews them.
 *
 * <p>Safe for any thread.
 */
public final class Links implements AutoCloseable {
    /** Links are renewed within this time after the set changed, not all at one moment. */
    private static final long SPREAD_MILLIS = 5_000;

    private final LinkSettings settings;
    private final LinkIdentity self;
    private final LinkListener listener;
    private final Directory directory;
    private final ConcurrentSkipListMap<NodeId, Peer> peers = new ConcurrentSkipListMap<>();
    private final Addresses addresses = new Addresses();
    private final CryptoGate gate = new CryptoGate();
    private final ScheduledExecutorService clock =
            new ScheduledThreadPoolExecutor(
                    1,
                    Thread.ofPlatform().daemon().name("link-clock").factory(),
                    new ThreadPoolExecutor.DiscardPolicy());
    private final GuardedServer server;
    private final Dialler dialler;
    private final Switchboard switchboard;
    private volatile int port;
    private boolean closed;

    /** Links of this node; nothing happens before {@link #start}. */
    public Links(LinkSettings settings, LinkIdentity self, Roster roster, LinkListener listener) {
        this.settings = settings;
        this.self = self;
        this.listener = listener;
        directory = new Directory(settings, self, roster);
        switchboard =
                new Switchboard(
                        settings, listener, clock, () -> directory.roster().leastProtocol());
        Handshaker handshaker = new Handshaker(gate);
        Acceptor acceptor =
                new Acceptor(
                        directory,
                        peers::get,
                        switchboard,
                        handshaker,
                        new Acceptor.Telling(addresses, listener, this::places));
        dialler =
                new Dialler(
                        directory,
                        peers::values,
                        switchboard,
                        handshaker,
                        new Dialler.Reach(addresses, clock));
        acceptor.onKnock(dialler::poke);
        switchboard.onChange(dialler::poke);
        server =
                new GuardedServer(
                        settings.listen(),
                        new HalfOpen(HalfOpen.Limits.STANDARD, addresses::isListed),
                        clock,
                        incoming(acceptor));
        roster(roster);
    }

    private int places() {
        return settings.mostFollowers()
                - (int)
                        peers.values().stream()
                                .filter(peer -> peer.direction() == Direction.IS_CALLED)
                                .filter(peer -> peer.session().isPresent())
                                .count();
    }

    private GuardedServer.Incoming incoming(Acceptor acceptor) {
        return new GuardedServer.Incoming() {
            @Override
            public void accepted(Wire wire) {
                acceptor.accept(wire);
            }

            @Override
            public void starved(String why) {
                acceptor.starved(why);
            }
        };
    }

    /**
     * Listens, if this node is one that others open to, and starts to open links.
     *
     * @throws OperatorError if the port cannot be taken
     */
    public void start() {
        if (self.role() == Role.VALIDATOR) {
            listen();
        }
        dialler.start();
    }

    private void listen() {
        try {
            port = server.listen();
        } catch (IOException taken) {
            throw new OperatorError(
                    ExitCode.INVALID_CONFIGURATION,
                    "LINK_PORT_TAKEN",
                    "cannot listen for links on " + settings.listen(),
                    String.valueOf(taken.getMessage()),
                    "stop the other process on this port, or configure another one");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return;
        }
        listener.event(
                new LinkEvent(
                        LinkEvent.Kind.LISTENING,
                        Optional.of(self.id()),
                        settings.listen().getHostString() + ":" + port,
                        0,
                        "accepts links"));
    }

    /** The port that links are accepted on, once started. */
    public int port() {
        return port;
    }

    /**
     * Queues a message for a linked peer; never blocks.
     *
     * @param message not to be changed afterwards
     * @return whether it was queued; false if there is no link, if it is too large, or if its class
     *     has no room left
     */
    public boolean send(NodeId peer, Traffic traffic, byte[] message) {
        Peer known = peers.get(peer);
        if (known == null) {
            return false;
        }
        boolean queued = known.carries(traffic) && known.outbox.offer(traffic.ordinal(), message);
        long dropped = known.dropsToReport();
        if (dropped > 0) {
            listener.event(
                    new LinkEvent(
                            LinkEvent.Kind.DROPPED,
                            Optional.of(peer),
                            "",
                            0,
                            dropped + " messages were dropped, it reads too slowly"));
        }
        return queued;
    }

    /**
     * Ends the link of a member that broke the rules, and keeps it out for a while: 1 s, doubling
     * with each time to 5 minutes, during which neither side's attempt brings a link. Never blocks.
     *
     * @param why one sentence, which it is told
     */
    public void punish(NodeId member, String why) {
        Peer peer = peers.get(member);
        if (peer != null) {
            peer.punish().ifPresent(session -> switchboard.end(session, CloseCode.RATE, why));
        }
    }

    /** How this node stands with each other member that it links with, ascending by id. */
    public List<LinkState> states() {
        List<LinkState> states = new ArrayList<>();
        for (Peer peer : peers.values()) {
            states.add(peer.state());
        }
        return states;
    }

    /**
     * Measures the round trip of the link to a peer now; waits for its answer.
     *
     * @return milliseconds; empty if there is no link, or no answer within {@code millis}
     */
    public OptionalDouble measure(NodeId peer, long millis) throws InterruptedException {
        Peer known = peers.get(peer);
        Optional<Session> session = known == null ? Optional.empty() : known.session();
        OptionalLong nanos =
                session.isPresent() ? session.get().measure(millis) : OptionalLong.empty();
        return nanos.isPresent()
                ? OptionalDouble.of(nanos.getAsLong() / 1e6)
                : OptionalDouble.empty();
    }

    /**
     * Replaces what is known of others. Links of those who are gone, or of whom another key is in
     * force now, carry nothing from here on and are closed, with 4410 or 4406, as soon as what was
     * sent before has left.
     */
    public synchronized void roster(Roster newer) {
        if (closed) {
            return;
        }
        boolean setChanged = !directory.roster().isSameSet(newer);
        directory.roster(newer);
        addresses.listOnly(directory.hosts());
        for (Peer peer : peers.values()) {
            Optional<Member> member = newer.find(peer.id);
            if (member.isEmpty() || directory.direction(member.get()) != peer.direction()) {
                peers.remove(peer.id);
                peer.remove()
                        .ifPresent(held ->
                                switchboard.endWhenSent(
                                        held, CloseCode.REMOVED, "the ledger removed it"));
            } else {
                changed(peer, member.get(), newer, setChanged);
            }
        }
        for (Member member : newer.members()) {
            Direction direction = directory.direction(member);
            if (direction != Direction.NONE && !peers.containsKey(member.id())) {
                peers.put(member.id(), new Peer(self.id(), member, direction, settings));
            }
        }
        dialler.poke();
    }

    /** What of a member's link does not fit the new roster goes. */
    private void changed(Peer peer, Member member, Roster newer, boolean setChanged) {
        Optional<Session> oldKey = peer.renew(member);
        if (oldKey.isPresent()) {
            switchboard.endWhenSent(oldKey.get(), CloseCode.KEY_NOT_VALID, "its key changed");
        } else if (setChanged) {
            peer.renewBy(Peer.now() + ThreadLocalRandom.current().nextLong(SPREAD_MILLIS));
        }
        peer.session()
                .filter(held -> held.peer().protocol() < newer.leastProtocol())
                .ifPresent(held -> held.close(CloseCode.BELOW_MINIMUM, "its protocol is too old"));
    }

    /** Closes all links with 1001 and stops listening; waits for at most some two seconds. */
    @Override
    public void close() {
        dialler.stop();
        sayGoodbye();
        try {
            awaitGoodbyes();
            server.shut();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        for (Peer peer : peers.values()) {
            peer.session().ifPresent(s -> s.cut());
        }
        gate.close();
        addresses.close();
        clock.shutdownNow();
    }

    /** A handshake that is under way brings no link any more: nobody would close it. */
    private synchronized void sayGoodbye() {
        closed = true;
        for (Peer peer : peers.values()) {
            peer.stop().ifPresent(s -> s.close(CloseCode.GOING_AWAY, "this node stops"));
        }
    }

    private void awaitGoodbyes() throws InterruptedException {
        long end = Peer.now() + 1_000;
        for (Peer peer : peers.values()) {
            while (peer.session().isPresent() && Peer.now() < end) {
                Thread.sleep(2);
            }
        }
    }
}
