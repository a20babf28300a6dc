package org.witan.validator.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Instance;
import org.witan.validator.link.handshake.Position;

/** A node of a test network: a key, a free port, and everything that its links told it. */
final class Node implements AutoCloseable {
    static final NetworkId NETWORK = network("test");

    final NodeId id;
    final SigningKey key;
    final Endpoint endpoint;
    final Told told = new Told();
    final Role role;
    private Links links;

    Node(String name, Role role, int port) {
        id = new NodeId(name);
        this.role = role;
        key = keyOf(name);
        endpoint = new Endpoint("127.0.0.1", port);
        links = unstarted();
    }

    private Links unstarted() {
        return new Links(LinkSettings.listeningOn(address()), identity(NETWORK, 0), roster(), told);
    }

    /** What the listener was told, in order. */
    static final class Told implements LinkListener {
        final LinkedBlockingQueue<NodeId> ups = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<NodeId> newcomers = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<String> downs = new LinkedBlockingQueue<>();
        final LinkedBlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final Semaphore stalls = new Semaphore(1);
        volatile Channel channel = Channel.CATCHUP;
        final LinkedBlockingQueue<LinkEvent> events = new LinkedBlockingQueue<>();

        @Override
        public void up(NodeId peer, PeerInfo info) {
            ups.add(peer);
        }

        @Override
        public void down(NodeId peer, String reason) {
            downs.add(reason);
        }

        @Override
        public void newcomer(NodeId id, byte[] shown) {
            newcomers.add(id);
        }

        @Override
        public void received(NodeId peer, Channel on, byte[] message) {
            // Whoever holds the permit makes the peer wait.
            stalls.acquireUninterruptibly();
            stalls.release();
            channel = on;
            messages.add(message);
        }

        @Override
        public void event(LinkEvent event) {
            events.add(event);
        }

        boolean heard(LinkEvent.Kind kind) {
            return events.stream().anyMatch(event -> event.kind() == kind);
        }

        String next() throws InterruptedException {
            byte[] message = messages.poll(10, TimeUnit.SECONDS);
            return message == null ? "nothing" : new String(message, StandardCharsets.UTF_8);
        }
    }

    /** Validators of these names, which know each other; none is started. */
    static List<Node> validators(String... names) throws IOException {
        List<Node> nodes = new ArrayList<>();
        List<Integer> ports = freePorts(names.length);
        for (int i = 0; i < names.length; i++) {
            nodes.add(new Node(names[i], Role.VALIDATOR, ports.get(i)));
        }
        introduce(nodes);
        return nodes;
    }

    static void introduce(List<Node> nodes) {
        Roster roster = new Roster(nodes.stream().map(Node::member).toList());
        nodes.forEach(node -> node.links.roster(roster));
    }

    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    static SigningKey keyOf(String name) {
        return SigningKey.ofSeed(Digest.tagged("test key").add(bytes(name)).done().toBytes());
    }

    static NetworkId network(String name) {
        return new NetworkId(Digest.tagged("test network").add(bytes(name)).done());
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    LinkIdentity identity(NetworkId network, int boot) {
        return new LinkIdentity(
                network,
                id,
                role,
                key,
                0,
                new Instance(id.hashCode(), 1, boot),
                "test",
                2,
                Optional.of(endpoint),
                () -> Position.GENESIS,
                LinkIdentity.KeyProofs.NONE);
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", endpoint.port());
    }

    Member member() {
        return member(key);
    }

    Member member(SigningKey memberKey) {
        return new Member(
                id,
                new NodeId("org"),
                role,
                Member.Status.ACTIVE,
                0,
                memberKey.publicKey(),
                List.of(endpoint));
    }

    private Roster roster() {
        return new Roster(List.of(member()));
    }

    Links links() {
        return links;
    }

    /** Replaces the links by others, which are not started. */
    Node with(Links other) {
        links.close();
        links = other;
        return this;
    }

    Node start() {
        links.start();
        return this;
    }

    /** Whether the other is linked and the listener was told so, which comes a little later. */
    boolean isUp(Node other) {
        return told.ups.contains(other.id)
                && links.states().stream()
                        .anyMatch(
                                s -> s.peer().equals(other.id) && s.state() == LinkState.State.UP);
    }

    /** Whether another node could queue 64 KiB for this one within a quarter of a second. */
    boolean takes(Node from) {
        byte[] block = new byte[64 << 10];
        return await(250, () -> from.links.send(id, Traffic.CATCHUP, block));
    }

    /** Waits for a condition; false if it does not come true in time. */
    static boolean await(long millis, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    @Override
    public void close() {
        links.close();
    }
}
