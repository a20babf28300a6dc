package org.witan.validator.link.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the library would let happen, and the guard does not (G1 to G12). */
class GuardedServerTest {
    private static final HalfOpen.Limits FEW = new HalfOpen.Limits(4, 8, 16, 1_000, 1);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final LinkedBlockingQueue<Wire> accepted = new LinkedBlockingQueue<>();
    private final HalfOpen halfOpen = new HalfOpen(FEW, address -> address.getAddress()[3] == 1);
    private GuardedServer server = server(0);
    private int port;

    private GuardedServer server(int onPort) {
        return new GuardedServer(
                new InetSocketAddress("127.0.0.1", onPort), halfOpen, clock, accepted::add);
    }

    @BeforeEach
    void listen() throws Exception {
        port = server.listen();
    }

    @AfterEach
    void shut() throws Exception {
        server.shut();
        clock.shutdownNow();
    }

    private Wire connect() throws Exception {
        return GuardedClient.connect("127.0.0.1", new InetSocketAddress("127.0.0.1", port), clock);
    }

    private Wire next() throws InterruptedException {
        Wire wire = accepted.poll(5, TimeUnit.SECONDS);
        assertThat(wire).isNotNull();
        return wire;
    }

    /** An attacker behind a finished upgrade, and the server's end of it. */
    private Attacker upgraded() throws Exception {
        Attacker attacker = new Attacker(port);
        assertThat(attacker.upgrade(Attacker.UPGRADE)).contains("101");
        return attacker;
    }

    @Test
    void honestClientsGetThrough() throws Exception {
        Wire here = connect();
        Wire there = next();
        here.send(new byte[] {1, 2, 3});
        assertThat(there.take(5_000)).containsExactly(1, 2, 3);
        there.send(new byte[65_000]);
        assertThat(here.take(5_000)).hasSize(65_000);
        here.close(4404, "bye");
        assertThat(there.take(5_000)).isEqualTo(Wire.NOTHING);
        assertThat(there.isOver()).isTrue();
        assertThat(there.end()).isEqualTo(new Wire.End(4404, "bye", true));
    }

    /** G1: a refusal must not cost the listener its accept key. */
    @Test
    void refusedConnectionsDoNotEndListening() throws Exception {
        List<Attacker> crowd = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            crowd.add(new Attacker(port, "127.0.0.2"));
        }
        Wire honest = connect();
        assertThat(honest.isOver()).isFalse();
        assertThat(halfOpen.open()).isLessThanOrEqualTo(FEW.perAddress() + 1);
        for (Attacker attacker : crowd) {
            attacker.close();
        }
    }

    /** G2: fragments would be collected without end. */
    @ParameterizedTest
    @ValueSource(ints = {0x02, 0x00, 0x80, 0x01})
    void fragmentsAreCut(int first) throws Exception {
        try (Attacker attacker = upgraded()) {
            attacker.say(Attacker.frame(first, new byte[100]));
            assertThat(attacker.isCut()).isTrue();
        }
    }

    /** G3: 8 KiB are an upgrade, one byte more is none, however complete it is. */
    @Test
    void anUpgradeHasEightKibibytes() throws Exception {
        try (Attacker wordy = new Attacker(port)) {
            assertThat(wordy.upgrade(upgradeOf(8_192))).contains("101");
        }
        next();
        try (Attacker tooWordy = new Attacker(port)) {
            assertThat(tooWordy.upgrade(upgradeOf(8_193))).isEqualTo("closed");
        }
        assertThat(accepted).isEmpty();
    }

    /** A good upgrade of so many bytes, the empty line at its end included. */
    private static String upgradeOf(int bytes) {
        String rest = "X: \r\n\r\n";
        int missing = bytes - Attacker.UPGRADE.length() - rest.length();
        return Attacker.UPGRADE + "X: " + "a".repeat(missing) + "\r\n";
    }

    /** G3: a header without end would be parsed from its start on every read. */
    @Test
    void longUpgradesAreCut() throws Exception {
        PuttingOff noReaper = new PuttingOff();
        GuardedServer patient =
                new GuardedServer(
                        new InetSocketAddress("127.0.0.1", 0), halfOpen, noReaper, accepted::add);
        try (Attacker attacker = new Attacker(patient.listen())) {
            attacker.say("GET /link HTTP/1.1\r\nX: ");
            byte[] block = new byte[1024];
            Arrays.fill(block, (byte) 'a');
            long taken = attacker.flood(block, 64 << 20);
            // What the kernels on both sides buffer counts too.
            assertThat(taken).isLessThan(16 << 20);
            assertThat(attacker.isCut()).isTrue();
        } finally {
            patient.shut();
            noReaper.shutdownNow();
        }
        assertThat(noReaper.putOff).as("when it would have been reaped").containsExactly(3_000L);
        assertThat(accepted).isEmpty();
    }

    /** A clock on which nothing happens that is a second away, such as the end of patience. */
    private static final class PuttingOff extends ScheduledThreadPoolExecutor {
        final Queue<Long> putOff = new ConcurrentLinkedQueue<>();

        PuttingOff() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) < 1_000) {
                return super.schedule(task, delay, unit);
            }
            putOff.add(unit.toMillis(delay));
            return super.schedule(task, 1, TimeUnit.DAYS);
        }
    }

    /** G4: connections that never finish the upgrade would stay for ever. */
    @Test
    void silentConnectionsAreReaped() throws Exception {
        List<Attacker> crowd = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < 40; i++) {
            crowd.add(new Attacker(port, "127.0.0." + (10 + i)));
        }
        // Eight of them found a place, the others were cut at the door.
        long last = 0;
        for (Attacker attacker : crowd) {
            assertThat(attacker.isCut()).isTrue();
            attacker.close();
            last = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        }
        assertThat(last).as("milliseconds until all are gone").isBetween(3_000L, 6_000L);
        // The other end sees the socket close a moment before its place is given back.
        Wire honest = connect();
        next().authenticated();
        assertThat(honest.isOver()).isFalse();
        assertThat(halfOpen.open()).isZero();
    }

    /** G5: each ping would be answered, whether or not the other side reads. */
    @Test
    void pingsAreCountedAndNoneComesBeforeTheProof() throws Exception {
        try (Attacker early = upgraded()) {
            early.say(Attacker.frame(0x89, new byte[0]));
            assertThat(early.isCut()).isTrue();
        }
        next();
        try (Attacker member = upgraded()) {
            Wire wire = next();
            wire.authenticated();
            for (int i = 0; i < 20; i++) {
                member.say(Attacker.frame(0x89, new byte[0]));
            }
            member.say(Attacker.frame(0x82, new byte[] {7}));
            assertThat(wire.take(5_000)).containsExactly(7);
            member.say(Attacker.frame(0x89, new byte[0]));
            assertThat(member.isCut()).isTrue();
        }
    }

    /** G7: what a header announces would be allocated. */
    @ParameterizedTest
    @ValueSource(longs = {65_601, Integer.MAX_VALUE, 1L << 40, -1})
    void longFramesAreCutAtTheirHeader(long declared) throws Exception {
        try (Attacker attacker = upgraded()) {
            attacker.say(Attacker.frame(0x82, declared < 0 ? 1L << 62 : declared, new byte[0]));
            assertThat(attacker.isCut()).isTrue();
        }
    }

    @Test
    void textsUnmaskedFramesReservedBitsAndLongControlFramesAreCut() throws Exception {
        byte[][] bad = {
            Attacker.frame(0x81, new byte[] {'a'}),
            {(byte) 0x82, 1, 9},
            Attacker.frame(0xc2, new byte[1]),
            Attacker.frame(0x83, new byte[1]),
            Attacker.frame(0x82, new byte[0]),
            Attacker.frame(0x88, new byte[126]),
            {(byte) 0x82, (byte) 0xfe, 0, 5, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        };
        for (byte[] bytes : bad) {
            try (Attacker attacker = upgraded()) {
                attacker.say(bytes);
                assertThat(attacker.isCut()).isTrue();
            }
        }
    }

    @Test
    void framesMayArriveByteByByte() throws Exception {
        try (Attacker slow = upgraded()) {
            Wire wire = next();
            byte[] payload = {5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
            byte[] both = Attacker.frame(0x82, payload);
            for (byte one : both) {
                slow.say(new byte[] {one});
            }
            slow.say(Attacker.frame(0x82, new byte[300]));
            assertThat(wire.take(5_000)).isEqualTo(payload);
            assertThat(wire.take(5_000)).hasSize(300);
        }
    }

    /** H6: two frames and 18 KiB, then a stranger has said enough. */
    @Test
    void strangersMaySayTwoThings() throws Exception {
        try (Attacker attacker = upgraded()) {
            for (int i = 0; i < 3; i++) {
                attacker.say(Attacker.frame(0x82, new byte[10]));
            }
            assertThat(attacker.isCut()).isTrue();
        }
        try (Attacker attacker = upgraded()) {
            attacker.say(Attacker.frame(0x82, new byte[19 << 10]));
            assertThat(attacker.isCut()).isTrue();
        }
    }

    /** G8: no web page, no other path, no other subprotocol. */
    @Test
    void foreignUpgradesAreRefused() throws Exception {
        String[] foreign = {
            Attacker.UPGRADE + "Origin: http://localhost\r\n",
            Attacker.UPGRADE.replace("/link", "/"),
            Attacker.UPGRADE.replace("wlh.1", "chat"),
            Attacker.UPGRADE.replace("Sec-WebSocket-Protocol: wlh.1\r\n", ""),
        };
        List<Attacker> refused = new ArrayList<>();
        for (String request : foreign) {
            refused.add(new Attacker(port));
            assertThat(refused.getLast().upgrade(request)).contains("404");
        }
        for (Attacker attacker : refused) {
            assertThat(attacker.isCut()).isTrue();
            attacker.close();
        }
        assertThat(accepted).isEmpty();
    }

    /** G6: a reader that does not read stops its own peer, and the rest of the server goes on. */
    @Test
    void aFullInboxStopsItsOwnPeerOnly() throws Exception {
        try (Attacker fast = upgraded()) {
            Wire full = next();
            full.authenticated();
            byte[] frame = Attacker.frame(0x82, new byte[60_000]);
            Thread flooding = Thread.ofVirtual().start(() -> fast.flood(frame, 64 << 20));
            flooding.join(500);
            assertThat(flooding.isAlive()).as("the socket pushes back").isTrue();
            Wire other = connect();
            Wire there = next();
            other.send(new byte[] {1});
            assertThat(there.take(5_000)).containsExactly(1);
            int taken = 0;
            while (full.take(2_000).length > 0 && taken < 1_000) {
                taken++;
            }
            assertThat(taken).as("and gives way again").isEqualTo(1_000);
            fast.hangUp();
            flooding.join();
        }
    }

    /** G12: what was sent before a close arrives before it. */
    @Test
    void nothingIsLostBeforeAClose() throws Exception {
        for (int round = 0; round < 20; round++) {
            boolean byServer = round % 2 == 0;
            Wire here = connect();
            Wire there = next();
            here.authenticated();
            there.authenticated();
            Wire sender = byServer ? there : here;
            Wire receiver = byServer ? here : there;
            for (int i = 0; i < 20; i++) {
                sender.send(new byte[40_000]);
            }
            sender.close(1001, "");
            int count = 0;
            while (receiver.take(5_000).length > 0) {
                count++;
            }
            assertThat(count).as("sent by %s", byServer ? "server" : "client").isEqualTo(20);
            assertThat(receiver.isOver()).isTrue();
            assertThat(receiver.end().code()).isEqualTo(1001);
        }
    }

    @Test
    void aPortInUseIsAnError() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            GuardedServer second = server(taken.getLocalPort());
            assertThatThrownBy(second::listen).isInstanceOf(IOException.class);
        }
    }

    /** G11: a restart must not wait for old connections to be forgotten by the kernel. */
    @Test
    void aRestartFindsItsPortFree() throws Exception {
        Wire here = connect();
        next().close(1001, "");
        assertThat(here.take(5_000)).isEqualTo(Wire.NOTHING);
        server.shut();
        server = server(port);
        assertThat(server.listen()).isEqualTo(port);
        assertThat(connect().isOver()).isFalse();
    }

    /** G11: with Nagle's algorithm each of these would take at least 40 ms. */
    @Test
    void shortBurstsAreNotHeldBack() throws Exception {
        Wire here = connect();
        Wire there = next();
        here.authenticated();
        there.authenticated();
        long fastest = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                here.send(new byte[200]);
            }
            for (int i = 0; i < 3; i++) {
                there.send(there.take(5_000));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(here.take(5_000)).hasSize(200);
            }
            fastest = Math.min(fastest, System.nanoTime() - start);
        }
        assertThat(fastest).isLessThan(TimeUnit.MILLISECONDS.toNanos(20));
    }

    @Test
    void maskingIsExclusiveOrOverAllLengths() {
        byte[] mask = {11, 22, 33, 44};
        for (int from = 0; from < 5; from++) {
            for (int length = 0; length < 70; length++) {
                byte[] bytes = new byte[from + length + 3];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) (i * 7);
                }
                byte[] expected = bytes.clone();
                for (int i = 0; i < length; i++) {
                    expected[from + i] ^= mask[i & 3];
                }
                Frames.mask(bytes, from, from + length, mask);
                assertThat(bytes).isEqualTo(expected);
            }
        }
    }
}
