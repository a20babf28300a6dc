package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.chain.change.Change;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.keyfile.KeyFile;
import org.witan.genesis.keyfile.Passphrase;
import org.witan.genesis.membership.NodeId;

/** The validator set changes while clients write: nothing acknowledged is lost. */
@Tag("fire")
class EpochE2eTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void aFifthIsAddedAndTheFirstRemovedUnderLoad() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            Path home = folder.resolve("v5");
            Witan.run(
                            "init",
                            "--home",
                            home,
                            "--id",
                            "v5",
                            "--organisation",
                            "org1",
                            "--genesis",
                            network.genesis())
                    .ok();
            Process fifth = start(network, home);
            try {
                Await.until("v5 runs", SOON, () -> !network.get(5, "/v1/status").flag("mayVote"));
                changeUnderLoad(network, home);
            } finally {
                fifth.destroy();
                fifth.waitFor();
            }
        }
    }

    private static void changeUnderLoad(Network network, Path home) throws Exception {
        Governors governors = new Governors(network);
        try (Writers writers = new Writers(network, 2, 3, 4)) {
            writers.awaitMore(20, SOON);
            governors.decide(governors.adding("v5", home, network.linkPort(5)), 1, 2, 3);
            awaitVoting(network, 5, 2);
            network.devnet("kill", 4).ok();
            awaitWrites("four of five decide, v5 among them", writers);
            network.devnet("start", 4).ok();
            awaitVoting(network, 4, 2);
            governors.decide(new Change.RemoveMember(new NodeId("v1")), 2, 3, 4);
            awaitVoting(network, 5, 3);
            Await.until(
                    "v2 has cut v1 off",
                    SOON,
                    () -> network.links(2).stream().noneMatch(link -> link.startsWith("v1 ")));
            assertThat(network.get(1, "/v1/status").flag("mayVote")).isFalse();
            network.devnet("kill", 1).ok();
            awaitWrites("v1 is not needed", writers);
            Map<String, String> acknowledged = stop(writers);
            network.awaitAgreement(SOON, 2, 3, 4, 5);
            requireAll(network, 5, acknowledged);
        }
    }

    @Test
    void aKeyIsReplacedUnderLoad() throws Exception {
        try (Network network = Network.up(folder.resolve("d"), 4)) {
            Governors governors = new Governors(network);
            SigningKey next = TestNetwork.key("the next key of v3");
            Map<String, String> acknowledged;
            try (Writers writers = new Writers(network, 1, 2, 4)) {
                writers.awaitMore(20, SOON);
                governors.rotate(3, next, 1);
                Await.until(
                        "v3 follows and does not vote with the old key",
                        SOON,
                        () -> !network.get(3, "/v1/status").flag("mayVote"));
                requireCutOff(network);
                awaitWrites("three of four decide", writers);
                restartWith(network, 3, next);
                awaitVoting(network, 3, 2);
                network.devnet("kill", 4).ok();
                awaitWrites("three of four decide, v3 among them", writers);
                network.devnet("start", 4).ok();
                acknowledged = stop(writers);
            }
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            requireAll(network, 3, acknowledged);

            int epoch = 2;
            for (int i : new int[] {1, 2, 4}) {
                SigningKey key = TestNetwork.key("the next key of v" + i);
                awaitAllAttested(network);
                governors.rotate(i, key, 3);
                restartWith(network, i, key);
                awaitVoting(network, i, ++epoch);
            }
            aNewcomerWithNothingButTheGenesisFollows(network, epoch);
        }
    }

    /** It learned of the change by what was sent before the goodbyes, and says why it is alone. */
    private static void requireCutOff(Network network) {
        for (int i : new int[] {1, 2, 4}) {
            Await.until(
                    "v" + i + " has ended the link of v3's first key",
                    SOON,
                    () -> network.log(i).contains("link-down peer=v3 reason=\"4406: its key"));
        }
        assertThat(network.get(3, "/v1/why").texts("lines").getFirst())
                .isEqualTo(
                        "This node takes no part: the configuration that it knows lists another"
                                + " key for v3.");
    }

    /** One new key at a time can be unproven. */
    private static void awaitAllAttested(Network network) {
        for (int i = 1; i <= 4; i++) {
            String member = "/v1/members/v" + i;
            Await.until(member, SOON, () -> network.get(3, member).flag("attested"));
        }
    }

    private static void restartWith(Network network, int i, SigningKey next) throws Exception {
        network.devnet("kill", i).ok();
        Path home = network.home(i);
        try (Passphrase passphrase = Passphrase.ofFile(home.resolve("passphrase"))) {
            KeyFile.replace(
                    home.resolve("node.key"), next, passphrase, KeyFile.ITERATIONS_IF_RANDOM);
        }
        network.devnet("start", i).ok();
    }

    /** No key that its genesis file names is in force any more. */
    private void aNewcomerWithNothingButTheGenesisFollows(Network network, int epoch)
            throws Exception {
        Path home = folder.resolve("obs");
        network.invite(home);
        Path log = home.resolve("node.log");
        Process newcomer = Witan.start(log, log, "start", "--home", home);
        try {
            Await.until(
                    "the newcomer stands in epoch " + epoch,
                    SOON,
                    () -> {
                        var status = network.get(5, "/v1/status");
                        return status.flag("ready")
                                && status.shown("epoch").equals(String.valueOf(epoch));
                    });
        } finally {
            newcomer.destroy();
            newcomer.waitFor();
        }
    }

    private static void awaitWrites(String why, Writers writers) {
        Await.until(
                why,
                SOON,
                () -> {
                    writers.awaitMore(10, SOON);
                    return true;
                });
    }

    private static Map<String, String> stop(Writers writers) {
        writers.stop();
        return Map.copyOf(writers.acknowledged());
    }

    private static void awaitVoting(Network network, int node, int epoch) {
        Await.until(
                "v" + node + " votes in epoch " + epoch,
                SOON,
                () -> {
                    var status = network.get(node, "/v1/status");
                    return status.flag("mayVote")
                            && status.flag("ready")
                            && status.shown("epoch").equals(String.valueOf(epoch));
                });
    }

    private static void requireAll(Network network, int at, Map<String, String> acknowledged) {
        assertThat(acknowledged).hasSizeGreaterThan(50);
        assertThat(network.lacking(at, acknowledged)).as("at v%d", at).isEmpty();
    }

    private static Process start(Network network, Path home) throws Exception {
        Path log = home.resolve("node.log");
        return Witan.start(
                log,
                log,
                "start",
                "--home",
                home,
                "--genesis",
                network.genesis(),
                "--listen",
                "127.0.0.1:" + network.linkPort(5),
                "--api-listen",
                "127.0.0.1:" + network.httpPort(5),
                "--join",
                "v1@ws://127.0.0.1:" + network.linkPort(1));
    }
}
