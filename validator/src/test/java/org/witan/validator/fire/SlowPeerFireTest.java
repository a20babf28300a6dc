package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.rocks.StoreSettings;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.e2e.Await;
import org.witan.validator.fire.machine.Proxy;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * Peers that stand still, a peer whose wall clock is wrong and jumps, and ways to peers that delay,
 * cut and overtake.
 */
@Tag("fire")
class SlowPeerFireTest {
    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("stop.seconds", 8));

    /** How long a validator that stands still may be waited for until its links are given up. */
    private static final Duration NOTICED =
            Duration.ofSeconds(Integer.getInteger("notice.seconds", 12));

    /** How far the clock of v4 is off: when it starts, and after each jump while it runs. */
    private static final List<Integer> SECONDS_OFF = List.of(3600, -3600, 600, -600, 0);

    private static final int WRONG = 4;
    private static final int WRITES = 15;

    /** How far a block's time may be ahead of a clock that votes for it (V6). */
    private static final long AHEAD_MILLIS = 2_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    /** How high the ledger was at a moment of the true clock. */
    private record Standing(long height, long atMillis) {}

    @Test
    void aFrozenValidatorIsNotWaitedFor() throws Exception {
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            clients.awaitWrites(recorder.fault("warm-up", "all"), 400, Fleet.PATIENCE);
            Event base = recorder.fault("base", "all");
            LockSupport.parkNanos(SPAN.toNanos());
            Event stop = recorder.fault("stop", "v4");
            fleet.signal("STOP", 4);
            LockSupport.parkNanos(NOTICED.toNanos());
            Event noticed = recorder.fault("noticed", "v4");
            LockSupport.parkNanos(SPAN.toNanos());
            Event resume = recorder.fault("cont", "v4");
            fleet.signal("CONT", 4);
            fleet.awaitReady(4);
            clients.stop();
            List<Event> events = recorder.events();
            double usual = Timeline.p99Millis(events, base, stop);
            double then = Timeline.p99Millis(events, noticed, resume);
            System.out.printf(
                    "fire: write p99 %.0f ms with all; %.0f ms in the first %d s with one frozen;"
                            + " %.0f ms then%n",
                    usual, Timeline.p99Millis(events, stop, noticed), NOTICED.toSeconds(), then);
            assertThat(then).as("p99 once v4 is given up").isLessThan(Timeline.slack(1.5 * usual));
            long before = Timeline.writesBetween(events, base, stop);
            long during = Timeline.writesBetween(events, noticed, resume);
            assertThat(during).as("writes while v4 is frozen").isGreaterThan(before / 4);
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, 4);
            fleet.stopAll();
            System.out.printf("fire: frozen peer: %s%n", Evidence.require(fleet, recorder));
        }
    }

    @Test
    void aClockThatIsWrongAndJumpsMovesNoBlocksTime() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "no libfaketime here: apt-get install faketime");
        Path clock = Files.writeString(folder.resolve("clock"), offset(SECONDS_OFF.getFirst()));
        List<Fleet.Site> sites = new ArrayList<>(Fleet.loopback(folder, 4));
        sites.set(WRONG - 1, wrong(sites.get(WRONG - 1), library.get(), clock));
        List<Standing> standings = new ArrayList<>();
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), sites);
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            for (int seconds : SECONDS_OFF) {
                Files.writeString(clock, offset(seconds));
                awaitClock(fleet, seconds);
                Event jump = recorder.fault("clock", "v4 " + offset(seconds));
                clients.awaitWrites(jump, WRITES, Fleet.PATIENCE);
                standings.add(new Standing(fleet.height(1), System.currentTimeMillis()));
            }
            clients.stop();
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, WRONG);
            fleet.stopAll();
            System.out.printf("fire: clocks: %s%n", Evidence.require(fleet, recorder));
            requireTrueTimes(fleet, standings);
        }
    }

    private static String offset(int seconds) {
        return "%+d".formatted(seconds);
    }

    /** The monotonic clock stays true, as it does where only the time of day is wrong. */
    private static Fleet.Site wrong(Fleet.Site site, Path library, Path clock) {
        List<String> prefix =
                List.of(
                        "env",
                        "LD_PRELOAD=" + library,
                        "FAKETIME_TIMESTAMP_FILE=" + clock,
                        "FAKETIME_CACHE_DURATION=1",
                        "NO_FAKE_STAT=1",
                        "DONT_FAKE_MONOTONIC=1",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1");
        return new Fleet.Site(site.home(), site.linkListen(), site.dialled(), site.api(), prefix);
    }

    /** Its log has lines of the time that it is to believe, so the fault is really there. */
    private static void awaitClock(Fleet fleet, int seconds) {
        Await.until(
                "v4's clock is " + seconds + " s off",
                Fleet.PATIENCE,
                () -> {
                    String line = Files.readString(fleet.log(WRONG)).lines().toList().getLast();
                    Instant said = Instant.parse(line.substring(0, line.indexOf(' ')));
                    long off = Duration.between(Instant.now(), said).toSeconds() - seconds;
                    return Math.abs(off) < 60;
                });
    }

    /** No block is later than the clocks of those who are right, and time goes on. */
    private static void requireTrueTimes(Fleet fleet, List<Standing> standings) {
        try (RocksStore store =
                RocksStore.open(StoreSettings.in(fleet.store(1)), fleet.founding())) {
            long before = 0;
            for (long height = 1; height <= standings.getLast().height(); height++) {
                long time = store.block(height).orElseThrow().header().timestampMillis();
                assertThat(time).as("block %d", height).isGreaterThanOrEqualTo(before);
                before = time;
                for (Standing standing : standings) {
                    if (height <= standing.height()) {
                        assertThat(time - standing.atMillis())
                                .as("milliseconds that block %d is ahead", height)
                                .isLessThanOrEqualTo(AHEAD_MILLIS);
                    }
                }
            }
            assertThat(standings.getLast().atMillis() - before)
                    .as("milliseconds that the last block is behind")
                    .isLessThan(Fleet.PATIENCE.toMillis());
        }
    }

    /** Where Debian and its relatives put it. */
    private static Optional<Path> library() throws IOException {
        Path all = Path.of("/usr/lib");
        try (Stream<Path> found =
                Files.find(all, 3, (path, about) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst();
        }
    }

    @Test
    void linksThatAreDelayedCutAndOvertakenLoseNothing() throws Exception {
        List<Fleet.Site> direct = Fleet.loopback(folder, 4);
        List<Fleet.Site> sites = new ArrayList<>();
        List<Proxy> proxies = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                Fleet.Site site = direct.get(i);
                int port = site.dialled().port();
                int listen = port + 2000;
                sites.add(
                        new Fleet.Site(
                                site.home(),
                                "127.0.0.1:" + listen,
                                new Endpoint("127.0.0.1", port),
                                site.api(),
                                List.of()));
                Proxy.Faults faults = new Proxy.Faults(20, 400_000, 500);
                proxies.add(new Proxy(port, listen, faults, i));
            }
            through(sites, proxies);
        } finally {
            for (Proxy proxy : proxies) {
                proxy.close();
            }
        }
    }

    private void through(List<Fleet.Site> sites, List<Proxy> proxies) throws Exception {
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), sites);
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            recorder.fault("proxies", "all");
            Await.until("four links are cut", Fleet.PATIENCE, () -> cuts(proxies) > 3);
            clients.awaitWrites(recorder.fault("cut", "all"), 30, Fleet.PATIENCE);
            clients.stop();
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, 4);
            fleet.stopAll();
            System.out.printf(
                    "fire: %d links cut: %s%n", cuts(proxies), Evidence.require(fleet, recorder));
        }
    }

    private static long cuts(List<Proxy> proxies) {
        return proxies.stream().mapToLong(Proxy::cuts).sum();
    }
}
