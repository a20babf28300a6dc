package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.fire.machine.LoopDisk;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * Power cuts of all validators at once. A killed process loses nothing that it wrote, synced or
 * not; here only what was synced is left.
 *
 * <p>The processes are stopped before the disks are copied: one that goes on could promise
 * something that its copy does not hold, which no real node does.
 */
@Tag("fire")
class PowerCutFireTest {
    private static final int CUTS = Integer.getInteger("cuts", 8);
    private static final long SEED = Long.getLong("seed", 1);
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @BeforeEach
    void canDoThis() throws Exception {
        Optional<String> problem = LoopDisk.problem(folder);
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
    }

    @Test
    void aCutLosesWhatWasNotSynced() throws Exception {
        Path mount = folder.resolve("m");
        try (LoopDisk disk = new LoopDisk(folder.resolve("i"), mount, "64M")) {
            try (FileChannel synced =
                    FileChannel.open(
                            Files.writeString(mount.resolve("synced"), "there"),
                            StandardOpenOption.WRITE)) {
                synced.force(true);
            }
            Files.writeString(mount.resolve("unsynced"), "gone");
            disk.copy();
            disk.swap();
            assertThat(Files.readString(mount.resolve("synced"))).isEqualTo("there");
            Path unsynced = mount.resolve("unsynced");
            assertThat(Files.exists(unsynced) ? Files.readString(unsynced) : "").isEmpty();
        }
    }

    @Test
    void nothingAcknowledgedIsLostAndNobodyVotesTwice() throws Exception {
        List<LoopDisk> disks = new ArrayList<>();
        List<Long> commits = new ArrayList<>();
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"))) {
            for (int i = 1; i <= 4; i++) {
                disks.add(new LoopDisk(folder.resolve("i" + i), folder.resolve("v" + i), "3G"));
            }
            run(recorder, disks, commits);
        } finally {
            for (LoopDisk disk : disks) {
                disk.close();
            }
        }
        System.out.printf("fire: first commit after power is back %s%n", Timeline.figures(commits));
    }

    private void run(Recorder recorder, List<LoopDisk> disks, List<Long> commits) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        try (Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, 8, SEED)) {
            for (int i = 0; i < CUTS; i++) {
                Event begin = recorder.fault("wait", "all");
                clients.awaitWrites(begin, 1, Fleet.PATIENCE);
                LockSupport.parkNanos(random.nextLong(2_000_000_000L));
                cut(fleet, recorder, disks);
                Event power = recorder.fault("power", "all");
                for (int v = 1; v <= 4; v++) {
                    fleet.start(v);
                }
                clients.awaitWrites(power, 3, Fleet.PATIENCE);
                commits.add(Timeline.firstWriteMillis(recorder.events(), power).orElseThrow());
                assertThat(commits.getLast()).isLessThan(COMMIT_LIMIT.toMillis());
            }
            clients.stop();
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, 4);
            for (int v = 1; v <= 4; v++) {
                fleet.stop(v);
            }
            System.out.printf("fire: %d power cuts: %s%n", CUTS, Evidence.require(fleet, recorder));
        }
    }

    private static void cut(Fleet fleet, Recorder recorder, List<LoopDisk> disks)
            throws IOException, InterruptedException {
        fleet.signal("STOP", 1, 2, 3, 4);
        recorder.fault("power-cut", "all");
        for (LoopDisk disk : disks) {
            disk.copy();
        }
        for (int v = 1; v <= 4; v++) {
            fleet.kill(v);
        }
        for (LoopDisk disk : disks) {
            disk.swap();
        }
    }
}
