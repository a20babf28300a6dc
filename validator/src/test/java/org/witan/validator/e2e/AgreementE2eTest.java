package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;

/** Four validators as an operator and an application see them; nothing fails here. */
@Tag("e2e")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AgreementE2eTest {
    private static final Duration SOON = Duration.ofSeconds(20);

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

    @Test
    void thereAreSixLinksEachOpenedByTheGreaterId() {
        List<String> ends = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String self = "v" + i;
            List<Fields> links = network.get(i, "/v1/mesh").list("links");
            assertThat(links).as("links of %s", self).hasSize(3);
            for (Fields link : links) {
                String peer = link.shown("peer");
                String opener = self.compareTo(peer) > 0 ? self : peer;
                assertThat(link.shown("state")).isEqualTo("up");
                assertThat(link.shown("openedBy")).as("%s to %s", self, peer).isEqualTo(opener);
                ends.add(self + peer);
            }
        }
        assertThat(ends).doesNotHaveDuplicates().hasSize(12);
    }

    @Test
    void aPutAtOneIsReadAtTheOthersAndProven() throws Exception {
        Witan.Said put =
                Witan.run(
                                "entry",
                                "put",
                                "colour",
                                "green",
                                "--home",
                                network.home(1),
                                "-o",
                                "json")
                        .ok();
        long height = put.json().number("height").orElseThrow();
        String id = put.json().text("id").orElseThrow();
        assertThat(height).isPositive();
        for (int i = 2; i <= 4; i++) {
            int reader = i;
            Await.until(
                    "v" + i + " has it",
                    SOON,
                    () -> network.get(reader, "/v1/status").number("height").orElse(0L) >= height);
            Fields got =
                    Witan.run("entry", "get", "v1/colour", "--node", network.address(i), "-ojson")
                            .ok()
                            .json();
            assertThat(got.text("value")).contains("green");
            assertThat(got.number("version")).contains(1L);
            assertThat(got.number("height")).contains(height);
            assertThat(network.get(i, "/v1/transactions/" + id).number("height")).contains(height);
        }
    }

    @Test
    void aProofHoldsUntilAByteIsChanged() throws Exception {
        Witan.run("entry", "put", "proven", "yes", "--home", network.home(2)).ok();
        Path proof = folder.resolve("proof");
        Witan.run("entry", "get", "v2/proven", "--proof", proof, "--node", network.address(2)).ok();
        Witan.run("proof", "verify", proof, "--genesis", network.genesis()).ok();
        byte[] bytes = Files.readAllBytes(proof);
        for (int at : new int[] {bytes.length / 7, bytes.length / 2, bytes.length - 3}) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(proof, changed);
            Witan.Said said = Witan.run("proof", "verify", proof, "--genesis", network.genesis());
            assertThat(said.exitCode()).as("byte %d changed: %s", at, said).isEqualTo(6);
        }
    }

    @Test
    void entriesAreListedChangedAndDeleted() throws Exception {
        Path home = network.home(3);
        Witan.run("entry", "put", "list/a", "1", "--home", home).ok();
        Witan.run("entry", "put", "list/a", "2", "--if-version", "1", "--home", home).ok();
        Witan.Said conflict =
                Witan.run("entry", "put", "list/a", "3", "--if-version", "1", "--home", home);
        assertThat(conflict.exitCode()).isEqualTo(4);
        assertThat(conflict.err()).contains("error[VERSION_CONFLICT]");
        assertThat(Witan.run("entry", "list", "v3/list/", "--home", home).ok().out())
                .containsPattern("v3/list/a +2 +[0-9]+ +2");
        Witan.run("entry", "delete", "list/a", "--home", home).ok();
        Witan.Said gone = Witan.run("entry", "get", "list/a", "--home", home);
        assertThat(gone.exitCode()).isEqualTo(4);
        assertThat(gone.err()).contains("error[ENTRY_NOT_FOUND]");
    }

    @Test
    void lightVerbsShowTheNode() throws Exception {
        Path home = network.home(4);
        assertThat(Witan.run("status", "--home", home).ok().out()).contains("v4 in devnet: ready");
        assertThat(
                        Witan.run("status", "--check", "-ojson", "--home", home)
                                .ok()
                                .json()
                                .flag("ready"))
                .isTrue();
        assertThat(Witan.run("why", "--home", home).ok().out()).isNotBlank();
        assertThat(Witan.run("peer", "list", "--home", home).ok().out()).contains("v1", "up");
        assertThat(Witan.run("peer", "matrix", "--home", home).ok().out().lines()).hasSize(5);
        assertThat(Witan.run("peer", "ping", "v1", "--home", home).ok().out()).contains("v1: up");
        assertThat(Witan.run("ledger", "head", "--home", home).ok().out()).contains("state root");
        assertThat(Witan.run("ledger", "get", "0", "--home", home).ok().out()).contains("hash");
        assertThat(Witan.run("ledger", "tail", "-n", "3", "--home", home).ok().out()).isNotBlank();
    }

    @Test
    void benchMeasures() throws Exception {
        Fields result =
                Witan.run(
                                "bench",
                                "--node",
                                network.address(1) + "," + network.address(2),
                                "--dir",
                                network.folder(),
                                "--clients",
                                "8",
                                "--duration",
                                "3",
                                "-ojson")
                        .ok()
                        .json();
        assertThat(result.number("committed").orElseThrow()).isGreaterThan(10);
        assertThat(result.number("errors")).contains(0L);
        assertThat(result.inner("latencyMillis").values())
                .containsOnlyKeys("p50", "p90", "p99", "p999", "max");
        network.awaitAgreement(SOON, 1, 2, 3, 4);
    }
}
