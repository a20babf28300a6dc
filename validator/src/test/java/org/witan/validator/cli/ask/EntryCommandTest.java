package org.witan.validator.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.devnet.Devnet;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.words.SixWords;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;
import org.witan.validator.api.http.ApiServer;
import org.witan.validator.api.http.ApiSettings;
import org.witan.validator.cli.Main;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.node.NodeHome;

/** What {@code witan entry} and {@code witan peer ping} make of a node's answers. */
class EntryCommandTest {
    private static final byte[] NO_TEXT = {(byte) 0xff, 0};

    @TempDir private Path folder;
    private final TestLedger ledger = new TestLedger();
    private final FakeNode node;
    private final ApiServer server;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    EntryCommandTest() {
        ledger.commit(ledger.put("colour", "green"), ledger.put("dir/a b/ü", "x"));
        ledger.commit(ledger.put("binary", NO_TEXT));
        node = new FakeNode(ledger);
        server =
                ApiServer.start(
                        new ApiSettings(
                                "127.0.0.1",
                                0,
                                List.of(),
                                64,
                                64,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(60)),
                        node,
                        InstantSource.fixed(Instant.ofEpochMilli(Snapshots.NOW)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(Object... words) {
        List<String> arguments = new java.util.ArrayList<>();
        for (Object word : words) {
            arguments.add(word.toString());
        }
        arguments.add("--node");
        arguments.add("http://127.0.0.1:" + server.port());
        return Main.run(
                arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err));
    }

    @Test
    void aKeyMayHoldSlashes() {
        assertThat(run("entry", "get", "v1/dir/a b/ü")).as("%s", err).isZero();
        assertThat(out).hasToString("x\n");
    }

    @Test
    void anEntryWithoutAnOwnerIsToldTheFormWithAnExample() {
        assertThat(run("entry", "get", "colour")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("error[BAD_KEY] \"colour\" does not say whose entry it is")
                .contains("OWNER/KEY", "--home DIR", "try: witan entry get v1/colour");
    }

    @Test
    void whatIsNoOwnerIsSaidToBeNone() {
        assertThat(run("entry", "get", "My Key/x")).isEqualTo(2);
        assertThat(err.toString()).contains("error[BAD_KEY]", "OWNER/KEY");
        assertThat(run("entry", "get", "v1/")).isEqualTo(2);
    }

    @Test
    void aMissingEntryIsNamed() {
        assertThat(run("entry", "get", "v1/none")).isEqualTo(4);
        assertThat(err.toString())
                .contains("error[ENTRY_NOT_FOUND] there is no entry v1/none at height 2")
                .contains("try: witan entry list v1/");
    }

    /** Whoever wrote dir/a at home finds it under its owner, and is told so. */
    @Test
    void aKeyWithASlashNeedsItsOwnerInFront() throws IOException {
        Path home = home();
        assertThat(run("entry", "get", "dir/a b/ü", "--home", home)).isEqualTo(4);
        assertThat(err.toString()).contains("the home's own is v1/dir/a b/ü");
    }

    @Test
    void whatIsNoTextGoesToAFile() throws IOException {
        assertThat(run("entry", "get", "v1/binary")).isZero();
        assertThat(out).hasToString("2 bytes, no text; --out F writes them\n");
        Path file = folder.resolve("value");
        assertThat(run("entry", "get", "v1/binary", "--out", file)).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(NO_TEXT);
        assertThat(err.toString()).contains("2 bytes written to " + file);
    }

    @Test
    void aProofOfAbsenceSaysWhatItProves() {
        Path file = folder.resolve("proof");
        assertThat(run("entry", "get", "v1/none", "--proof", file)).isZero();
        assertThat(out.toString())
                .contains("there is no entry v1/none in the state after block 2", file + " proves");
        assertThat(file).isNotEmptyFile();
    }

    @Test
    void aWriteToAnotherNetworkIsRefusedBeforeItIsSent() throws IOException {
        assertThat(run("entry", "put", "k", "v", "--home", home())).isEqualTo(7);
        assertThat(err.toString())
                .contains("error[WRONG_NETWORK]", ledger.founding().networkId().shortName())
                .contains(SixWords.of(ledger.founding().networkId().hash()).toString());
        assertThat(err.toString().lines().filter(line -> line.contains("wn-"))).hasSize(3);
        assertThat(node.handed()).isEmpty();
    }

    @Test
    void aPingShowsWhatWasMeasured() {
        assertThat(run("peer", "ping", "v2")).isZero();
        assertThat(out).hasToString("v2: up, answered in 0.25 ms\n");
        assertThat(run("peer", "ping", "v3")).isEqualTo(5);
        assertThat(err.toString()).contains("error[PEER_SILENT] v3 does not answer over its link");
        assertThat(run("peer", "ping", "v1")).isEqualTo(4);
        assertThat(err.toString()).contains("error[PEER_NOT_FOUND]", "it links to v2, v3, v4");
    }

    /** The home of v1 of another network. */
    private Path home() throws IOException {
        Path home = folder.resolve("home");
        Devnet devnet =
                Devnet.found(
                        "other",
                        Instant.EPOCH,
                        List.of(new Endpoint("127.0.0.1", 7401)),
                        new SecureRandom());
        NodeHome.make(
                home,
                devnet.founders().getFirst().nodeKey(),
                Optional.empty(),
                Map.of(Setting.ID, "v1"));
        Files.write(home.resolve("genesis.json"), devnet.genesis().toBytes());
        return home;
    }
}
