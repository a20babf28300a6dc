package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;

/** A validator whose disk was lost joins by a snapshot, with real processes. */
@Tag("fire")
class SnapshotE2eTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ENTRIES = Integer.getInteger("entries", 300);

    @TempDir Path folder;

    @Test
    void anEmptyValidatorJoinsByASnapshotAndVotesAgain() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            try (Writers writers = new Writers(network, 1, 2, 3)) {
                writers.awaitMore(ENTRIES, Duration.ofMinutes(5));
            }
            network.devnet("kill", 4).ok();
            remove(network.home(4).resolve("store"));
            Path checkpoint = folder.resolve("checkpoint.json");
            Witan.run("checkpoint", "create", "--out", checkpoint, "--home", network.home(1)).ok();

            long begun = height(network, 1);
            Process joiner = start(network, checkpoint);
            try (Writers writers = new Writers(network, 1, 2)) {
                Await.until("v4 is back", SOON, () -> height(network, 4) >= begun);
                writers.awaitMore(30, SOON);
            }
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            assertThat(Files.readString(folder.resolve("v4.out")) + error())
                    .contains("joining-at height=", "joined height=");
            assertThat(network.answer(4, "/v1/blocks/1").status()).isEqualTo(404);

            // Without v3 nothing is decided unless v4 votes.
            network.devnet("kill", 3).ok();
            Witan.run("entry", "put", "with-v4", "1", "--home", network.home(1)).ok();
            network.awaitAgreement(SOON, 1, 2, 4);
            anInvitedNewcomerBeginsWithASnapshot(network, checkpoint);

            joiner.destroy();
            joiner.waitFor();
            Witan.Said said = verify(network);
            assertThat(Long.parseLong(said.json().shown("base"))).isPositive();
        }
    }

    /** Its invitation is shown, and used, while it fetches the snapshot. */
    private void anInvitedNewcomerBeginsWithASnapshot(Network network, Path checkpoint)
            throws Exception {
        Path home = folder.resolve("obs");
        network.invite(home);
        Path log = folder.resolve("obs.log");
        Process newcomer =
                Witan.start(log, log, "start", "--home", home, "--checkpoint", checkpoint);
        try {
            Await.until("it follows", SOON, () -> network.get(5, "/v1/status").flag("ready"));
            assertThat(Files.readString(log)).contains("joined height=");
            Witan.run("entry", "get", "v1/with-v4", "--home", home).ok();
        } finally {
            newcomer.destroy();
            newcomer.waitFor();
        }
    }

    private static Witan.Said verify(Network network) throws Exception {
        Path home = network.home(4);
        Path genesis = network.genesis();
        return Witan.run("ledger", "verify", "--home", home, "--genesis", genesis, "-o", "json")
                .ok();
    }

    private String error() throws Exception {
        return Files.readString(folder.resolve("v4.err"));
    }

    private Process start(Network network, Path checkpoint) throws Exception {
        return Witan.start(
                folder.resolve("v4.out"),
                folder.resolve("v4.err"),
                "start",
                "--home",
                network.home(4),
                "--checkpoint",
                checkpoint);
    }

    private static long height(Network network, int i) {
        Fields status = network.get(i, "/v1/status");
        return Long.parseLong(status.shown("height"));
    }

    private static void remove(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : paths) {
                Files.delete(path);
            }
        }
    }
}
