package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Witan;
import org.witan.validator.fire.machine.Shell;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * A process does not know all that its key signed: its disk is lost, an older copy of it came back,
 * or another process signs with the key.
 */
@Tag("fire")
class AmnesiaFireTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int FORGETS = 4;
    private static final String VOTE = " vote-cast ";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    /** What becomes of the home of a validator that is stopped. */
    private interface Loss {
        void happen(Path store, Path copy) throws Exception;
    }

    @Test
    void anOlderCopyOfTheHomeNeverContradictsWhatWasSigned() throws Exception {
        Loss older =
                (store, copy) -> {
                    Shell.run("rm", "-r", store.toString());
                    Shell.run("cp", "-a", copy.toString(), store.toString());
                };
        // Alone it has nobody who could tell it what it signed; it must not sign then, either.
        lose(older, true);
    }

    @Test
    void anOlderDatabaseBelowTheMarkObservesUntilItIsPastIt() throws Exception {
        Loss olderDatabase =
                (store, copy) -> {
                    Shell.run("rm", "-r", store.resolve("db").toString());
                    Shell.run("cp", "-a", copy.resolve("db").toString(), store.toString());
                };
        String log = lose(olderDatabase, false);
        assertThat(log).contains("not-voting reason=");
    }

    @Test
    void aLostDatabaseComesBackFromTheOthers() throws Exception {
        Loss noDatabase = (store, copy) -> Shell.run("rm", "-r", store.resolve("db").toString());
        String log = lose(noDatabase, false);
        assertThat(log).contains("not-voting reason=");
    }

    @Test
    void aLostHomeVotesAgainWhenItsOperatorHasSaidThatItIsLost() throws Exception {
        Loss recovered =
                (store, copy) -> {
                    Shell.run("rm", "-r", store.toString());
                    Witan.run("recover", "--home", store.resolveSibling("")).ok();
                };
        String log = lose(recovered, false);
        assertThat(log).contains("not-voting reason=\"this node's votes are lost", "vote-cast");
    }

    /** Answers what the node logged since the loss. */
    private String lose(Loss loss, boolean aloneFirst) throws Exception {
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            Path copy = folder.resolve("copy");
            clients.awaitWrites(recorder.fault("begin", "all"), 10, Fleet.PATIENCE);
            fleet.kill(FORGETS);
            Shell.run("cp", "-a", fleet.store(FORGETS).toString(), copy.toString());
            fleet.start(FORGETS);
            fleet.awaitReady(FORGETS);
            clients.awaitWrites(recorder.fault("copied", "v4"), 30, Fleet.PATIENCE);
            fleet.kill(FORGETS);
            loss.happen(fleet.store(FORGETS), copy);
            int before = log(fleet).length();
            if (aloneFirst) {
                fleet.signal("STOP", 1, 2, 3);
            }
            Event start = recorder.fault("start", "v4");
            fleet.start(FORGETS);
            if (aloneFirst) {
                Await.until("v4 answers", SOON, () -> fleet.height(FORGETS) >= 0);
                LockSupport.parkNanos(Duration.ofSeconds(5).toNanos());
                fleet.signal("CONT", 1, 2, 3);
            }
            clients.awaitWrites(start, 20, Fleet.PATIENCE);
            follows(fleet);
            clients.stop();
            fleet.awaitAgreement(SOON, 1, 2, 3, 4);
            fleet.stopAll();
            String since = log(fleet).substring(before);
            System.out.printf(
                    "fire: forgotten votes: %s; %d votes since%n",
                    Evidence.require(fleet, recorder),
                    since.lines().filter(line -> line.contains("vote-cast")).count());
            return since;
        }
    }

    @Test
    void aCopyOnAnotherHostIsToldAndSignsNothing() throws Exception {
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, 4, 1)) {
            clients.awaitWrites(recorder.fault("begin", "all"), 10, Fleet.PATIENCE);
            fleet.kill(FORGETS);
            Path copy = folder.resolve("copy");
            Fleet.Site site = fleet.site(FORGETS);
            int link = site.dialled().port();
            int api = site.api().port();
            // The next ports are nobody's.
            Witan.copyHome(site.home(), copy, Map.of(link, link + 1, api, api + 1));
            fleet.start(FORGETS);
            fleet.awaitReady(FORGETS);
            clients.awaitWrites(recorder.fault("copied", "v4"), 30, Fleet.PATIENCE);

            List<String> signed = votes(log(fleet));

            String said = startSecond(copy, clients);

            // It tells the votes again that it found in its store, and signs no other.
            assertThat(signed).isNotEmpty().containsAll(votes(said));
            clients.awaitWrites(recorder.fault("alone-again", "v4"), 30, Fleet.PATIENCE);
            assertThat(fleet.status(FORGETS).flag("mayVote")).isTrue();
            assertThat(fleet.get(1, "/v1/members/v4").shown("accusations")).isEqualTo("0");
            clients.stop();
            fleet.awaitAgreement(SOON, 1, 2, 3, 4);
            fleet.stopAll();
            System.out.printf("fire: two hosts: %s%n", Evidence.require(fleet, recorder));
        }
    }

    private static List<String> votes(String log) {
        return log.lines()
                .filter(line -> line.contains(VOTE))
                .map(line -> line.substring(line.indexOf(VOTE)))
                .toList();
    }

    /** Runs it until it was told and writes went on beside it; answers its log. */
    private String startSecond(Path copy, Clients clients) throws Exception {
        Path log = folder.resolve("second.log");
        var start = clients.recorder.fault("second", "v4");
        Process second = Witan.start(log, log, "start", "--home", copy);
        try {
            Await.until(
                    "the copy is told of its rival",
                    SOON,
                    () -> Files.readString(log).contains("EVENT second-instance"));
            clients.awaitWrites(start, 60, Fleet.PATIENCE);
            assertThat(second.isAlive()).isTrue();
        } finally {
            second.destroy();
            assertThat(second.waitFor()).isZero();
        }
        return Files.readString(log);
    }

    private static void follows(Fleet fleet) {
        Await.until(
                "v4 follows",
                SOON,
                () -> fleet.height(FORGETS) >= fleet.height(1) - 1 && fleet.height(1) > 0);
    }

    private static String log(Fleet fleet) throws IOException {
        return Files.readString(fleet.log(FORGETS));
    }
}
