package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.e2e.Await;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/** Peers that stand still, and ways to them that delay, cut and overtake. */
@Tag("fire")
class SlowPeerFireTest {
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
