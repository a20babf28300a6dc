package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Witan;
import org.witan.validator.fire.machine.LoopDisk;
import org.witan.validator.fire.machine.Shell;
import org.witan.validator.fire.machine.Tmpfs;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/**
 * One validator's disk fills up under load: it stops in order, the others go on, it comes back. The
 * runbook's steps, with its ballast.
 */
@Tag("fire")
class FullDiskFireTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final int FULL = 4;
    private static final int STORAGE_FAILED = 74;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void itStopsInOrderAndComesBackWhenThereIsRoomAgain() throws Exception {
        Optional<String> problem = LoopDisk.problem(folder);
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
        Path mount = folder.resolve("v" + FULL);
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                LoopDisk _ = new LoopDisk(folder.resolve("i"), mount, "2G");
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4));
                Clients clients = Clients.start(fleet.startAll(), recorder, 6, 1)) {
            clients.awaitWrites(recorder.fault("begin", "all"), 5, Fleet.PATIENCE);
            Path ballast = mount.resolve("ballast");
            leave(ballast, 400, recorder);
            stopsTakingAndVoting(fleet);
            Event low = recorder.fault("stopped-voting", "v" + FULL);
            clients.awaitWrites(low, 10, SOON);

            fillsUpAndHalts(mount.resolve("more"), fleet, clients);
            signedNothingSinceItSaidSo(fleet);

            // With its end the node gave back what it had reserved.
            leave(mount.resolve("rest"), 0, recorder);
            isRefusedWhileItIsFull(fleet);
            Files.delete(ballast);
            comesBack(fleet, recorder);
            agrees(fleet, clients);
            System.out.printf("fire: full disk: %s%n", Evidence.require(fleet, recorder));
        }
    }

    /** Its disk was too small from the first, so there is nothing on it that could be deleted. */
    @Test
    void onASmallTmpfsItFollowsWithoutAVoteUntilThatIsFullAndVotesWhenItHasGrown()
            throws Exception {
        Optional<String> problem = Tmpfs.problem(folder);
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
        Path mount = folder.resolve("v" + FULL);
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Tmpfs disk = new Tmpfs(mount, "256M");
                Fleet fleet = new Fleet(folder.resolve("f"), Fleet.loopback(folder, 4))) {
            fleet.start(FULL);
            for (int i = 1; i < FULL; i++) {
                fleet.start(i);
            }
            fleet.awaitReady(1, 2, 3);
            try (Clients clients = Clients.start(fleet, recorder, 6, 1)) {
                clients.awaitWrites(recorder.fault("begin", "all"), 10, Fleet.PATIENCE);
                stopsTakingAndVoting(fleet);
                Await.until("v4 follows", SOON, () -> fleet.height(FULL) >= 10);

                fillsUpAndHalts(mount.resolve("rest"), fleet, clients);
                leave(mount.resolve("more"), 0, recorder);
                isRefusedWhileItIsFull(fleet);
                assertThat(log(fleet)).doesNotContain("vote-cast");
                disk.resize("3G");
                comesBack(fleet, recorder);
                agrees(fleet, clients);
            }
            System.out.printf("fire: small tmpfs: %s%n", Evidence.require(fleet, recorder));
        }
    }

    /** Fills the disk but for some MiB; to the last block if that is 0. */
    private static void leave(Path filler, long freeMiB, Recorder recorder) throws Exception {
        long free = Files.getFileStore(filler.getParent()).getUsableSpace();
        recorder.fault("fill", "v" + FULL);
        if (freeMiB > 0) {
            String size = Long.toString(free - (freeMiB << 20));
            Shell.run("fallocate", "-l", size, filler.toString());
        } else {
            Shell.Result rest =
                    Shell.attempt(
                            List.of("dd", "if=/dev/zero", "bs=1M", "of=" + filler, "status=none"));
            assertThat(rest.output()).contains("No space left");
        }
    }

    private static void stopsTakingAndVoting(Fleet fleet) {
        Await.until(
                "v4 says that it stopped voting",
                SOON,
                () -> log(fleet).contains("MiB are free where the store lies"));
        Await.until("it is not ready", SOON, () -> !fleet.status(FULL).flag("ready"));
        Fields status = fleet.status(FULL);
        assertThat(status.list("reasons"))
                .extracting(reason -> reason.shown("code"))
                .contains("STORAGE_LOW");
        assertThat(status.shown("mayVoteReason")).contains("free some and start again");
    }

    /** To the last block; the others go on. */
    private static void fillsUpAndHalts(Path filler, Fleet fleet, Clients clients)
            throws Exception {
        leave(filler, 0, clients.recorder);
        // What it has reserved for its log lets it go on until that is written, too.
        clients.writeLarge(60_000);
        haltsWithTheReason(fleet);
        clients.writeLarge(1);
        clients.awaitWrites(clients.recorder.fault("halted", "v" + FULL), 10, SOON);
    }

    private static void haltsWithTheReason(Fleet fleet) throws Exception {
        assertThat(fleet.process(FULL).waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(fleet.process(FULL).exitValue()).isEqualTo(STORAGE_FAILED);
        assertThat(log(fleet)).contains("error[STORAGE_FAILED]", "No space left on device");
    }

    private static void signedNothingSinceItSaidSo(Fleet fleet) throws IOException {
        int stopped = log(fleet).indexOf("free some and start again");
        assertThat(stopped).isPositive();
        assertThat(log(fleet).substring(stopped)).doesNotContain("vote-cast");
    }

    /** The runbook: free space first, and then start. */
    private static void isRefusedWhileItIsFull(Fleet fleet) throws Exception {
        int before = log(fleet).length();
        fleet.start(FULL);
        haltsWithTheReason(fleet);
        assertThat(log(fleet).substring(before))
                .contains("No space left on device", "df -h")
                .doesNotContain("vote-cast", "move the folder");
        Path home = fleet.site(FULL).home();
        for (Witan.Said said :
                List.of(
                        Witan.run("start", "--check-only", "--home", home),
                        Witan.run(
                                "ledger",
                                "verify",
                                "--store",
                                fleet.store(FULL),
                                "--genesis",
                                fleet.genesis()))) {
            assertThat(said.exitCode()).isEqualTo(STORAGE_FAILED);
            assertThat(said.err()).contains("there is no room for the store", "ballast");
        }
    }

    /** The runbook: with room again, a start is all it needs. */
    private static void comesBack(Fleet fleet, Recorder recorder) throws IOException {
        recorder.fault("start", "v" + FULL);
        fleet.start(FULL);
        fleet.awaitReady(FULL);
        saysThatAllIsWell(fleet);
        votesAgain(fleet);
    }

    private static void agrees(Fleet fleet, Clients clients) throws InterruptedException {
        clients.stop();
        fleet.awaitAgreement(SOON, 1, 2, 3, 4);
        fleet.stopAll();
    }

    /** The runbook's third step; what the others wrote meanwhile is fetched first. */
    private static void saysThatAllIsWell(Fleet fleet) {
        Path home = fleet.site(FULL).home();
        Await.until(
                "the node says that all is well",
                SOON,
                () -> {
                    Witan.Said said = Witan.run("status", "--home", home, "-o", "json").ok();
                    return said.out().contains("\"ready\":true")
                            && said.out().contains("\"mayVote\":true");
                });
    }

    private static void votesAgain(Fleet fleet) throws IOException {
        long before = log(fleet).lines().filter(line -> line.contains("vote-cast")).count();
        Await.until(
                "v4 votes",
                SOON,
                () ->
                        log(fleet).lines().filter(line -> line.contains("vote-cast")).count()
                                > before + 5);
    }

    private static String log(Fleet fleet) throws IOException {
        return Files.readString(fleet.log(FULL));
    }
}
