package org.witan.validator.fire;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/** {@code kill -9}, again and again, of any validator and often of the leader, under load. */
@Tag("fire")
class KillFireTest {
    private static final int KILLS = Integer.getInteger("kills", 30);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int CLIENTS = 6;
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(5);
    private static final Duration RETURN_LIMIT = Duration.ofSeconds(10);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final List<Long> commitMillis = new ArrayList<>();
    private final List<Long> leaderMillis = new ArrayList<>();
    private final List<Long> returnMillis = new ArrayList<>();

    @Test
    void nothingAcknowledgedIsLostAndNobodyVotesTwice() throws Exception {
        Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
        SplittableRandom random = new SplittableRandom(SEED);
        try (recorder;
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, CLIENTS, SEED)) {
            for (int i = 0; i < KILLS; i++) {
                LockSupport.parkNanos(random.nextLong(300_000_000));
                int asked = random.nextInt(4) + 1;
                int victim = random.nextBoolean() ? fleet.leader(asked) : i % 4 + 1;
                killOnce(fleet, clients, victim);
            }
            fleet.awaitAgreement(RETURN_LIMIT.multipliedBy(2), quietly(clients));
            for (int i = 1; i <= 4; i++) {
                fleet.kill(i);
            }
            System.out.printf("fire: %d kills: %s%n", KILLS, Evidence.require(fleet, recorder));
        }
        System.out.printf(
                "fire: first commit after a kill %s, after a leader's %s, back at the tip %s%n",
                Timeline.figures(commitMillis),
                Timeline.figures(leaderMillis),
                Timeline.figures(returnMillis));
        Timeline.require("first commit after a kill", commitMillis, COMMIT_LIMIT);
        Timeline.require("first commit after a leader was killed", leaderMillis, COMMIT_LIMIT);
        Timeline.require("back at the tip after a start", returnMillis, RETURN_LIMIT);
    }

    private static int[] quietly(Clients clients) {
        clients.stop();
        return new int[] {1, 2, 3, 4};
    }

    private void killOnce(Fleet fleet, Clients clients, int victim) throws Exception {
        Recorder recorder = clients.recorder;
        Event kill = recorder.fault("kill", "v" + victim);
        fleet.kill(victim);
        int other = victim % 4 + 1;
        boolean led = fleet.leader(other) == victim;
        Event seen = recorder.fault("seen", led ? "v" + victim + " led" : "v" + victim);
        clients.awaitWrites(seen, 3, Fleet.PATIENCE);
        commitMillis.add(Timeline.firstWriteMillis(recorder.events(), kill).orElseThrow());
        if (led) {
            leaderMillis.add(Timeline.firstWriteMillis(recorder.events(), seen).orElseThrow());
        }
        Event start = recorder.fault("start", "v" + victim);
        long before = System.nanoTime();
        fleet.start(victim);
        Await.until(
                "v" + victim + " is back at the tip",
                Fleet.PATIENCE,
                () -> fleet.isAtTip(victim, other));
        returnMillis.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
        clients.awaitWrites(start, 3, Fleet.PATIENCE);
    }
}
