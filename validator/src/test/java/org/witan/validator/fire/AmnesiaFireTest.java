package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Witan;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/** A validator forgets what it signed: its disk is lost, or an older copy of it came back. */
@Tag("fire")
class AmnesiaFireTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final int FORGETS = 4;

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
            for (int i = 1; i <= 4; i++) {
                fleet.stop(i);
            }
            String since = log(fleet).substring(before);
            System.out.printf(
                    "fire: forgotten votes: %s; %d votes since%n",
                    Evidence.require(fleet, recorder),
                    since.lines().filter(line -> line.contains("vote-cast")).count());
            return since;
        }
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
