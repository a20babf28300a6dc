package org.witan.validator.e2e.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;

/** Who gets in: the returning, the new, the stranger, the one of another network. */
@Tag("e2e")
class MembershipE2eTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private static Path shared;
    private static Network network;
    private static Network other;

    @TempDir private Path folder;

    /** Four that run, and one of another network that does not. */
    @BeforeAll
    static void found() throws Exception {
        network = Network.up(shared.resolve("d"), 4);
        other = Network.up(shared.resolve("e"), 1);
        other.devnet("down").ok();
    }

    @AfterAll
    static void end() throws IOException {
        network.close();
        other.close();
    }

    @AfterEach
    void bringBack() throws Exception {
        for (int i = 1; i <= network.size(); i++) {
            if (!network.isRunning(i)) {
                network.devnet("start", i).ok();
            }
        }
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }

    @Test
    void anEmptyHomeJoinsWithOneEndpoint() throws Exception {
        try (Network old = Network.up(folder.resolve("d"), 4)) {
            old.devnet("kill", 4).ok();
            for (int i = 0; i < 5; i++) {
                Witan.run("entry", "put", "k" + i, "v", "--home", old.home(1)).ok();
            }
            Path home = folder.resolve("fresh");
            copyKey(old.home(4), home);
            Process fresh = Homes.start(old, home, "v4", old.linkPort(4), old.httpPort(4));
            try {
                Await.until(
                        "it has what the others have",
                        SOON,
                        () -> old.standings(1, 2, 3, 4).size() == 1);
                Await.until(
                        "it is linked to all",
                        SOON,
                        () -> old.links(4).stream().allMatch(link -> link.endsWith(" up")));
                assertThat(Witan.run("entry", "get", "v1/k4", "--node", old.address(4)).out())
                        .contains("v");
            } finally {
                Homes.end(fresh);
            }
        }
    }

    @Test
    void aDatabaseOfAnotherGenesisIsRefusedWithBothIdsAndTheFirstDifference() throws Exception {
        Witan.Said said =
                Witan.run("start", "--home", other.home(1), "--genesis", network.genesis());
        assertThat(said.exitCode()).isEqualTo(7);
        assertThat(said.err())
                .contains("GENESIS_MISMATCH", "store:", "genesis:", "first difference")
                .contains(words(network), words(other));
    }

    @Test
    void aMemberOfAnotherNetworkIsRefusedOnTheLinkAndBothIdsAreNamed() throws Exception {
        String ours = Witan.run("genesis", "hash", network.genesis()).ok().out().strip();
        String theirs = Witan.run("genesis", "hash", other.genesis()).ok().out().strip();
        network.devnet("kill", 4).ok();
        Path home = folder.resolve("foreign");
        copyKey(network.home(4), home);
        Process foreign = startForeign(home, other.genesis());
        try {
            Await.until(
                    "v1 names both networks",
                    SOON,
                    () ->
                            network.log(1)
                                    .contains("it is of network " + theirs + ", we of " + ours));
            Await.until(
                    "the foreign one names both networks",
                    SOON,
                    () ->
                            Files.readString(home.resolve("node.log"))
                                    .contains("of network " + ours + ", we are of " + theirs));
            assertThat(network.links(1)).doesNotContain("v4 up").contains("v2 up");
        } finally {
            Homes.end(foreign);
        }
        Witan.Said diff =
                Witan.run("genesis", "diff", network.genesis(), network.address(1).toString());
        assertThat(diff.exitCode()).isZero();
        Witan.Said differs = Witan.run("genesis", "diff", other.genesis(), network.address(1));
        assertThat(differs.exitCode()).as("%s", differs).isEqualTo(10);
        assertThat(differs.out()).contains("validator", words(network));
    }

    @Test
    void aValidatorReturnsWithItsKeyAndAfterAnOrderlyStop() throws Exception {
        ProcessHandle process = network.process(2);
        Witan.run("stop", "--home", network.home(2)).ok();
        assertThat(process.isAlive()).isFalse();
        assertThat(Witan.run("stop", "--home", network.home(2)).exitCode()).isEqualTo(4);
        Witan.run("entry", "put", "k", "v", "--home", network.home(1)).ok();
        network.devnet("start", 2).ok();
        network.awaitAgreement(SOON, 1, 2, 3, 4);
        Witan.run("entry", "put", "k", "w", "--home", network.home(2)).ok();
    }

    @Test
    void aDrainedValidatorIsStoppedOnlyWhereTheOthersCanDecide() throws Exception {
        Witan.run("drain", "--home", network.home(2)).ok();
        Await.until("drained", SOON, () -> network.get(2, "/v1/status").flag("draining"));
        Witan.Said refused = Witan.run("entry", "put", "k", "v", "--home", network.home(2));
        assertThat(refused.err()).contains("error[DRAINING]");
        Witan.run("entry", "put", "k", "v", "--home", network.home(1)).ok();
        Witan.run("undrain", "--home", network.home(2)).ok();
        Await.until("undrained", SOON, () -> network.get(2, "/v1/status").flag("ready"));
        Witan.run("entry", "put", "k", "w", "--home", network.home(2)).ok();
        network.devnet("kill", 4).ok();
        Await.until(
                "no margin", SOON, () -> network.get(1, "/v1/status").shown("margin").equals("0"));
        Witan.Said unsafe = Witan.run("stop", "--home", network.home(1));
        assertThat(unsafe.exitCode()).isEqualTo(7);
        assertThat(unsafe.err()).contains("error[NO_MARGIN]", "3 of 4", "--force");
        assertThat(network.process(1).isAlive()).isTrue();
        Witan.run("stop", "--home", network.home(1), "--force").ok();
    }

    private static String words(Network of) throws Exception {
        return Witan.run("genesis", "hash", of.genesis(), "--words").ok().out().strip();
    }

    /** A home with nothing but the key of another one. */
    private static void copyKey(Path from, Path home) throws IOException {
        Files.createDirectories(home);
        for (String name : new String[] {"node.key", "passphrase"}) {
            Files.copy(
                    from.resolve(name),
                    home.resolve(name),
                    java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(home.resolve("witan.yaml"), "id: v4\nkey.passphrase-file: passphrase\n");
    }

    /** Starts a home of the network with the genesis of another one. */
    private static Process startForeign(Path home, Path genesis) throws IOException {
        Path log = home.resolve("node.log");
        return Witan.start(
                log,
                log,
                "start",
                "--home",
                home,
                "--genesis",
                genesis,
                "--listen",
                "127.0.0.1:" + network.linkPort(4),
                "--api-listen",
                "127.0.0.1:" + network.httpPort(5),
                "--join",
                "v1@ws://127.0.0.1:" + network.linkPort(1));
    }
}
