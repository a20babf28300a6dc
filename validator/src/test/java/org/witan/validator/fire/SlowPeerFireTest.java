package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.e2e.Await;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * Peers that stand still, peers whose clocks are an hour off, and ways to peers that delay, cut and
 * overtake.
 */
@Tag("fire")
class SlowPeerFireTest {
    private static final int BEHIND = 3;
    private static final int AHEAD = 4;

    private static final Duration SPAN = Duration.ofSeconds(Integer.getInteger("stop.seconds", 8));

    /** How long a validator that stands still may be waited for until its links are given up. */
    private static final Duration NOTICED =
            Duration.ofSeconds(Integer.getInteger("notice.seconds", 12));

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

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
            System.out.printf(
                    "fire: write p99 %.0f ms with all; %.0f ms in the first %d s with one frozen;"
                            + " %.0f ms then%n",
                    Timeline.p99Millis(events, base, stop),
                    Timeline.p99Millis(events, stop, noticed),
                    NOTICED.toSeconds(),
                    Timeline.p99Millis(events, noticed, resume));
            long before = Timeline.writesBetween(events, base, stop);
            long during = Timeline.writesBetween(events, noticed, resume);
            assertThat(during).as("writes while v4 is frozen").isGreaterThan(before / 4);
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, 4);
            for (int i = 1; i <= 4; i++) {
                fleet.stop(i);
            }
            System.out.printf("fire: frozen peer: %s%n", Evidence.require(fleet, recorder));
        }
    }

    @Test
    void agreementGoesOnBesideClocksThatAreAnHourOff() throws Exception {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), "no libfaketime here: apt-get install faketime");
        List<Fleet.Site> sites = new ArrayList<>(Fleet.loopback(folder, 4));
        sites.set(BEHIND - 1, off(sites.get(BEHIND - 1), library.get(), "-1h"));
        sites.set(AHEAD - 1, off(sites.get(AHEAD - 1), library.get(), "+1h"));
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), sites);
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            Event begin = recorder.fault("clocks", "v3 -1h, v4 +1h");
            clients.awaitWrites(begin, 60, Fleet.PATIENCE);
            fleet.kill(1);
            fleet.start(1);
            fleet.awaitReady(1);
            Event back = recorder.fault("start", "v1");
            clients.awaitWrites(back, 20, Fleet.PATIENCE);
            clients.stop();
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, BEHIND, AHEAD);
            assertThat(Files.readString(fleet.log(AHEAD)).substring(0, 13))
                    .as("its own clock is ahead")
                    .isGreaterThan(Files.readString(fleet.log(BEHIND)).substring(0, 13));
            for (int i = 1; i <= 4; i++) {
                fleet.stop(i);
            }
            System.out.printf("fire: clocks: %s%n", Evidence.require(fleet, recorder));
        }
    }

    /** The monotonic clock stays true, as it does where only the time of day is wrong. */
    private static Fleet.Site off(Fleet.Site site, Path library, String by) {
        List<String> prefix =
                List.of(
                        "env",
                        "LD_PRELOAD=" + library,
                        "FAKETIME=" + by,
                        "DONT_FAKE_MONOTONIC=1",
                        "FAKETIME_DONT_FAKE_MONOTONIC=1");
        return new Fleet.Site(site.home(), site.linkListen(), site.dialled(), site.api(), prefix);
    }

    /** Where Debian and its relatives put it. */
    private static Optional<Path> library() throws Exception {
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
            Event begin = recorder.fault("proxies", "all");
            Await.until("four links are cut", Fleet.PATIENCE, () -> cuts(proxies) > 3);
            clients.awaitWrites(begin, 30, Fleet.PATIENCE);
            clients.stop();
            for (int i = 1; i <= 4; i++) {
                fleet.stop(i);
            }
            System.out.printf(
                    "fire: %d links cut: %s%n", cuts(proxies), Evidence.require(fleet, recorder));
        }
    }

    private static long cuts(List<Proxy> proxies) {
        return proxies.stream().mapToLong(Proxy::cuts).sum();
    }
}
