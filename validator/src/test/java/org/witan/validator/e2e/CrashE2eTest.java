package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.NodeClient;

/**
 * Two of four die, and all four at once. That any one may die, or freeze, under load is shown by
 * {@code KillFireTest} and {@code SlowPeerFireTest}.
 */
@Tag("fire")
class CrashE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BACK = Duration.ofSeconds(10);

    @TempDir private Path folder;

    @Test
    void withoutAQuorumWritesAreRefusedWithTheReasonAndResumeByThemselves() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            Witan.run("entry", "put", "before", "1", "--home", network.home(1)).ok();
            network.devnet("kill", 3).ok();
            network.devnet("kill", 4).ok();
            Await.until(
                    "readiness is 503",
                    SOON,
                    () -> network.answer(1, "/healthz/ready").status() == 503);
            Witan.Said put = Witan.run("entry", "put", "during", "1", "--home", network.home(1));
            assertThat(put.exitCode()).isEqualTo(7);
            assertThat(put.err()).contains("error[NO_QUORUM]", "v3", "v4");
            Witan.Said why = Witan.run("why", "--home", network.home(1)).ok();
            assertThat(why.out()).contains("v3", "v4");
            assertThat(Witan.run("status", "--check", "--home", network.home(1)).exitCode())
                    .isEqualTo(10);

            network.devnet("start", 4).ok();
            Await.until(
                    "readiness is back",
                    SOON,
                    () -> network.answer(1, "/healthz/ready").status() == 200);
            Witan.run("entry", "put", "after", "1", "--home", network.home(1)).ok();
            network.awaitAgreement(BACK, 1, 2, 4);
        }
    }

    @Test
    void allKilledAtOnceComeBackWithEverythingAcknowledged() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
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
            try (NodeClient client = network.client(i)) {
                acknowledged.forEach((key, id) ->
                        assertThat(client.get("/v1/transactions/" + id).text("status"))
                                .as(key)
                                .contains("committed"));
            }
        }
    }
}
