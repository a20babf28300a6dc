package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.block.Operation;
import org.witan.validator.cli.ask.Author;
import org.witan.validator.cli.ask.Submitter;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.NodeClient;

/**
 * A validator process with a heap of 512 MiB under floods: {@code ./mvnw verify -Dgroups=flood}.
 * Prints the figures of docs/testing.md.
 */
@Tag("flood")
class FloodTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int PUTS = 100;
    private static final int MAX_HEAP_MIB = 400;
    private static final int MOST_GROWTH_MIB = 64;
    private static final int MANY = 5_000;
    private static final int FEWER = 2_000;
    private static final IntFunction<String> ONE_ADDRESS = _ -> "127.0.9.9";
    private static final IntFunction<String> ADDRESSES = i -> "127.7." + i % 200 + ".7";
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final byte[] ENDLESS = endless();

    /**
     * Upgrades without end, frames that announce more than they may, fragments, deflated frames.
     */
    private static final List<byte[]> BOMBS =
            List.of(
                    ENDLESS,
                    frame(0x82, 127, 0x7fffffffffffffffL),
                    frame(0x82, 127, 1L << 31),
                    frame(0x02, 126, 65_535),
                    frame(0xc2, 126, 65_535));

    @TempDir Path folder;

    @Test
    void agreementGoesOnAndMembersComeBackUnderFloods() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4);
                Vitals heap = new Vitals(network.process(1))) {
            assertThat(network.process(1).info().arguments().orElseThrow()).contains("-Xmx512m");
            puts(network, "warm", 2);
            floods(network, heap, new Wave(MANY, "5 000 from one address", ONE_ADDRESS));
            floods(network, heap, new Wave(FEWER, "2 000 from 200 addresses", ADDRESSES));
            bombs(network);
            allAtOnce(network, heap);
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            awaitLooks(heap, 1);
            System.out.printf("flood: heap at most %d MiB of 512%n", heap.peakMiB());
            assertThat(heap.peakMiB()).isBetween(1L, (long) MAX_HEAP_MIB);
        }
    }

    /** Twice at most: another process on the machine may have taken its time once, not twice. */
    private static void floods(Network network, Vitals heap, Wave wave) throws Exception {
        if (slowdown(network, heap, wave) >= 2) {
            Wave again = new Wave(wave.connections, wave.name + ", once more", wave.from);
            assertThat(slowdown(network, heap, again))
                    .as("p99 of commits under %s, as a multiple of that without", wave.name)
                    .isLessThan(2);
        }
    }

    /** So many half-open connections at a time, and the address of each. */
    private record Wave(int connections, String name, IntFunction<String> from) {}

    /** How many times as long the slowest of a hundred commits take. */
    private static double slowdown(Network network, Vitals heap, Wave wave) throws Exception {
        int connections = wave.connections;
        Figures before = puts(network, "before" + connections, 2);
        say("before", before, 0);
        long live = heap.liveMiB();
        Figures under;
        try (Flood flood = new Flood(network.linkPort(1), connections, wave.from)) {
            Await.until("the flood is on", SOON, () -> flood.opened() >= connections);
            long opened = flood.opened();
            under = puts(network, "under" + connections, 2);
            long further = flood.opened() - opened;
            say(wave.name, under, further);
            requireRoom(heap, live, wave.name);
            assertThat(further).as("connections while it was measured").isPositive();
            assertThat(flood.lives()).as("the flood goes on").isTrue();
            requireReturn(network, wave.name);
        }
        Figures after = puts(network, "after" + connections, 2);
        say("after", after, 0);
        // The machine may be busy with other things meanwhile: the worse of two bases counts.
        double base = Math.max(before.p99Millis(), after.p99Millis());
        return under.p99Millis() / base;
    }

    private static void requireRoom(Vitals heap, long before, String name) throws Exception {
        long live = heap.liveMiB();
        System.out.printf("flood: %s: %d MiB live, %d before it%n", name, live, before);
        assertThat(before).isPositive();
        assertThat(live - before).as("MiB that %s take", name).isLessThan(MOST_GROWTH_MIB);
    }

    private static void requireReturn(Network network, String name) throws Exception {
        network.devnet("kill", 4).ok();
        int before = network.log(4).length();
        network.devnet("start", 4).ok();
        Await.until("v4 has its link with v1", SOON, () -> isUp(network));
        String log = network.log(4).substring(before);
        long millis = Math.max(0, millisOf(log, "link-up peer=v1 ") - millisOf(log, "started id="));
        System.out.printf("flood: %s: v4 was back %d ms after its start%n", name, millis);
        assertThat(millis).isLessThan(5_000);
    }

    /** When the first line with these words was written. */
    private static long millisOf(String log, String words) {
        String line = log.lines().filter(l -> l.contains(words)).findFirst().orElseThrow();
        return Instant.parse(line.substring(0, line.indexOf(' '))).toEpochMilli();
    }

    private static boolean isUp(Network network) {
        return network.links(4).contains("v1 up") && network.links(1).contains("v4 up");
    }

    private static void bombs(Network network) throws Exception {
        Figures before = puts(network, "before-bombs", 2);
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < BOMBS.size(); i++) {
                int address = round * BOMBS.size() + i;
                throwAt(network.linkPort(1), "127.9." + address + ".3", BOMBS.get(i));
            }
        }
        assertThat(network.process(1).isAlive()).isTrue();
        Figures after = puts(network, "bombs", 2);
        say("after the bombs", after, 0);
        assertThat(after.p99Millis()).isLessThan(5 * before.p99Millis());
    }

    private static byte[] endless() {
        byte[] header = new byte[1 << 20];
        Arrays.fill(header, (byte) 'x');
        return header;
    }

    private static byte[] frame(int first, int code, long length) {
        ByteBuffer bytes = ByteBuffer.allocate(14 + 1_000);
        bytes.put((byte) first).put((byte) (0x80 | code));
        if (code == 126) {
            bytes.putShort((short) length);
        } else {
            bytes.putLong(length);
        }
        return bytes.array();
    }

    private static void throwAt(int port, String from, byte[] bomb) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port), 2_000);
            OutputStream out = socket.getOutputStream();
            String upgrade =
                    "GET /link HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Extensions: permessage-deflate\r\n"
                            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: wlh.1\r\n"
                            + (bomb.length == ENDLESS.length ? "X-Long: " : "\r\n");
            out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
            out.write(bomb);
            out.flush();
        } catch (SocketException cut) {
            // That is what should happen to it.
            return;
        }
    }

    /**
     * Both floods, bombs without a pause, and a member that is linked and stops reading while all
     * send it what they have.
     */
    private static void allAtOnce(Network network, Vitals heap) throws Exception {
        AtomicBoolean ending = new AtomicBoolean();
        AtomicInteger thrown = new AtomicInteger();
        Thread bomber = Thread.ofPlatform().start(() -> throwAll(network, ending, thrown));
        network.devnet("pause", 4).ok();
        try (Flood one = new Flood(network.linkPort(1), MANY, ONE_ADDRESS);
                Flood many = new Flood(network.linkPort(1), FEWER, ADDRESSES);
                Writers writers = new Writers(network, 1, 2, 3)) {
            long begun = System.nanoTime();
            int bombs = thrown.get();
            writers.awaitMore(300, Duration.ofSeconds(60));
            awaitLooks(heap, 3);
            Await.until("its time is over", SOON, () -> since(begun).compareTo(AT_ONCE) >= 0);
            System.out.printf(
                    "flood: all at once for %d s: %d and %d connections, %d bombs, %d puts%n",
                    since(begun).toSeconds(),
                    one.opened(),
                    many.opened(),
                    thrown.get() - bombs,
                    writers.acknowledged().size());
            assertThat(one.lives() && many.lives()).as("both floods go on").isTrue();
            assertThat(bomber.isAlive()).as("the bombs go on").isTrue();
            assertThat(thrown.get() - bombs).as("bombs meanwhile").isGreaterThan(BOMBS.size());
            assertThat(heap.peakMiB()).isBetween(1L, (long) MAX_HEAP_MIB);
        } finally {
            ending.set(true);
            network.devnet("resume", 4).ok();
            bomber.join();
        }
    }

    /** From an address of members, where strangers who flood leave no place free elsewhere. */
    private static void throwAll(Network network, AtomicBoolean ending, AtomicInteger thrown) {
        while (!ending.get()) {
            try {
                throwAt(network.linkPort(1), "127.0.0.1", BOMBS.get(thrown.get() % BOMBS.size()));
                thrown.incrementAndGet();
            } catch (IOException crowded) {
                // The system of the attacker waits for its turn in front of the port.
                continue;
            }
        }
    }

    /** The heap is looked at so many more times: whoever watches it lives. */
    private static void awaitLooks(Vitals heap, int more) {
        int goal = heap.looks() + more;
        Await.until("looks at the heap", SOON, () -> heap.looks() >= goal);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /**
     * What clients saw.
     *
     * @param p50Millis half of the puts were final in this time
     * @param p99Millis and nearly all in this
     */
    private record Figures(double p50Millis, double p99Millis) {}

    private static void say(String name, Figures figures, long connections) {
        System.out.printf(
                "flood: %s: put p50 %.1f ms, p99 %.1f ms, %d further connections meanwhile%n",
                name, figures.p50Millis(), figures.p99Millis(), connections);
    }

    /** Puts one after the other through validator {@code v1}, the one under attack. */
    private static Figures puts(Network network, String prefix, int signer) {
        Settings settings =
                new SettingsSources(
                                Map.of(),
                                Map.of(),
                                Optional.of(network.home(signer)),
                                Optional.empty())
                        .resolve();
        List<Long> nanos = new ArrayList<>();
        try (NodeClient client = network.client(1)) {
            Submitter submitter = new Author(settings).submitter(client);
            for (int n = 0; n < PUTS; n++) {
                byte[] value = new byte[200];
                Operation put = new Operation.Put(prefix + "/" + n, value, OptionalLong.empty());
                long begin = System.nanoTime();
                submitter.submit(put, Duration.ofSeconds(10));
                nanos.add(System.nanoTime() - begin);
            }
        }
        Collections.sort(nanos);
        return new Figures(nanos.get(PUTS / 2) / 1e6, nanos.get(PUTS - 1 - PUTS / 100) / 1e6);
    }
}
