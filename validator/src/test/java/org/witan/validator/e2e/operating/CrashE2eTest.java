package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;
import org.witan.validator.e2e.Writers;

/**
 * Two of four die, all four at once, and one is started twice; each as the runbooks tell it. That
 * any one may die, or freeze, under load is shown by {@code KillFireTest} and {@code
 * SlowPeerFireTest}.
 */
@Tag("fire")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashE2eTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BACK = Duration.ofSeconds(10);

    @TempDir private static Path folder;
    private Network network;

    @BeforeAll
    void up() throws Exception {
        network = Network.up(folder.resolve("d"), 4);
    }

    @AfterAll
    void down() throws Exception {
        network.close();
    }

    @AfterEach
    void whole() throws Exception {
        for (int i = 1; i <= 4; i++) {
            if (!network.isRunning(i)) {
                network.devnet("start", i).ok();
            }
            awaitReady(i);
        }
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }

    /** Runbook: lost quorum for a while. */
    @Test
    void withoutAQuorumWritesAreRefusedWithTheReasonAndResumeByThemselves() throws Exception {
        try (Writers writers = new Writers(network, 1, 2)) {
            writers.awaitMore(20, SOON);
            network.devnet("kill", 3).ok();
            network.devnet("kill", 4).ok();
            Await.until(
                    "readiness is 503",
                    SOON,
                    () -> network.answer(1, "/healthz/ready").status() == 503);
            requireTold();

            long before = network.log(4).length();
            network.devnet("start", 4).ok();
            Await.until("v4 has started", SOON, () -> startedAfter(before));
            Instant started = Instant.now();
            writers.awaitMore(1, SOON);
            assertThat(Duration.between(started, Instant.now())).isLessThan(BACK);
            writers.stop();
            Witan.run("entry", "put", "during", "1", "--home", network.home(1)).ok();
            network.devnet("start", 3).ok();
            awaitReady(3);
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            requireAll(network, writers.acknowledged());
        }
        awaitChecked();
    }

    private boolean startedAfter(long before) throws Exception {
        return network.log(4).substring((int) before).contains("EVENT started id=v4");
    }

    /** What the runbook says that an operator is told, and with which exit codes. */
    private void requireTold() throws Exception {
        Path home = network.home(1);
        Witan.Said put = Witan.run("entry", "put", "during", "1", "--home", home);
        assertThat(put.exitCode()).isEqualTo(7);
        assertThat(put.err()).contains("error[NO_QUORUM]", "v3", "v4");
        Await.until(
                "witan why says what the runbook quotes",
                SOON,
                () ->
                        Runbook.says(
                                Witan.run("why", "--home", home).ok().out(),
                                "$ witan why --home D"));
        String matrix = Witan.run("peer", "matrix", "--home", home).ok().out();
        assertThat(matrix).containsPattern("v1 +[.] +up").containsPattern("v4( +[?]){3} +[.]");
        Witan.Said check = Witan.run("status", "--check", "--home", home);
        assertThat(check.exitCode()).isEqualTo(10);
        assertThat(check.out()).contains("BELOW_QUORUM");
    }

    private void awaitChecked() {
        Await.until(
                "witan status --check is content",
                SOON,
                () -> Witan.run("status", "--check", "--home", network.home(1)).exitCode() == 0);
    }

    /** Runbook: duplicated identity. The copy of a home is started, after it and before it. */
    @Test
    void aCopyOfAHomeIsRefusedAndTheNetworkGoesOn() throws Exception {
        Path copy = network.folder().resolve("copy");
        Witan.run("stop", "--home", network.home(4)).ok();
        Witan.copyHome(
                network.home(4),
                copy,
                Map.of(
                        network.linkPort(4),
                        network.linkPort(5),
                        network.httpPort(4),
                        network.httpPort(5)));
        network.devnet("start", 4).ok();
        awaitReady(4);
        Process second = startHome(copy);
        Await.until("the copy is told", SOON, () -> Runbook.says(said(copy), "ERROR EVENT sec"));
        assertThat(network.log(1))
                .containsPattern("link-second-instance peer=v4 address=\\S+ .*code=4411")
                .containsPattern("link-up peer=v4 .*address=");
        assertThat(network.get(5, "/v1/status").shown("mayVote")).isEqualTo("false");
        // Without v3 nothing is final but by the vote of the home that linked first.
        network.devnet("kill", 3).ok();
        Witan.run("entry", "put", "by-the-first", "1", "--home", network.home(4)).ok();
        Witan.run("stop", "--home", copy).ok();
        assertThat(second.waitFor()).isZero();
        network.devnet("start", 3).ok();
        awaitReady(3);
        assertThat(network.get(1, "/v1/members/v4").shown("accusations")).isEqualTo("0");

        theWrongOneLives(copy);
    }

    /**
     * Its memory is older, so it may sign again what the right one signed in the view that was
     * open: then the ledger accuses the key, which nobody can prevent who only sees one of the two.
     */
    private void theWrongOneLives(Path copy) throws Exception {
        Witan.run("stop", "--home", network.home(4)).ok();
        Process wrong = startHome(copy);
        Await.until("v1 is linked with the copy", SOON, () -> network.links(1).contains("v4 up"));
        Process right = startHome(network.home(4));
        Await.until(
                "the right one is told",
                SOON,
                () -> Runbook.says(said(network.home(4)), "ERROR EVENT sec"));
        Witan.run("stop", "--home", copy).ok();
        assertThat(wrong.waitFor()).isZero();
        Witan.run("stop", "--home", network.home(4)).ok();
        assertThat(right.waitFor()).isZero();
        assertThat(height(network.home(4))).isGreaterThanOrEqualTo(height(copy));
        network.devnet("start", 4).ok();
        Await.until(
                "the right one votes", SOON, () -> network.get(4, "/v1/status").flag("mayVote"));
    }

    /** By {@code --check-only}, as the runbook compares two homes. */
    private long height(Path home) throws Exception {
        String said = Witan.run("start", "--home", home, "--check-only").ok().out();
        return Long.parseLong(said.replaceAll("(?s).*database at height (\\d+).*", "$1"));
    }

    private static Process startHome(Path home) throws Exception {
        Path log = home.resolve("started.log");
        return Witan.start(log, log, "start", "--home", home);
    }

    private static String said(Path home) throws Exception {
        return Files.readString(home.resolve("started.log"));
    }

    private void awaitReady(int i) {
        Await.until(
                "v" + i + " is ready",
                SOON,
                () -> network.answer(i, "/healthz/ready").status() == 200);
    }

    @Test
    void allKilledAtOnceComeBackWithEverythingAcknowledged() throws Exception {
        Map<String, String> acknowledged;
        try (Writers writers = new Writers(network, 1, 2, 3, 4)) {
            writers.awaitMore(40, SOON);
            for (int i = 1; i <= 4; i++) {
                network.process(i).destroyForcibly();
            }
            acknowledged = writers.acknowledged();
        }
        Await.until("all are gone", SOON, () -> gone(network));
        Witan.run("devnet", "--dir", network.folder(), "--detach").ok();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
        requireAll(network, acknowledged);
        Witan.run("entry", "put", "after", "1", "--home", network.home(1)).ok();
    }

    private static boolean gone(Network network) {
        for (int i = 1; i <= 4; i++) {
            if (org.witan.validator.cli.node.PidFile.of(network.home(i)).running().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** Every acknowledged transaction stands in every validator's ledger. */
    private static void requireAll(Network network, Map<String, String> acknowledged) {
        assertThat(acknowledged).isNotEmpty();
        for (int i = 1; i <= network.size(); i++) {
            assertThat(network.lacking(i, acknowledged)).as("at v%d", i).isEmpty();
        }
    }
}
