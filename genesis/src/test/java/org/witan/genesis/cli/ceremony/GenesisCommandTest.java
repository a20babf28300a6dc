package org.witan.genesis.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.cli.TestCli;

/** What {@code witan genesis} prints of a file, and how it ends; the file is the golden one. */
class GenesisCommandTest {
    private static final Path GENESIS =
            Path.of("src/test/resources/org/witan/genesis/document/genesis.json");

    @TempDir Path dir;

    private final String id = TestCli.ok("genesis", "hash", GENESIS).strip();
    private final String words = TestCli.ok("genesis", "hash", GENESIS, "--words").strip();

    @Test
    void printsTheIdInItsForms() throws Exception {
        Path golden = GENESIS.resolveSibling("network-id.txt");
        assertThat(id).isEqualTo(Files.readString(golden).strip());
        assertThat(words).matches("([a-z]{4,8}-){5}[a-z]{4,8}");
        assertThat(TestCli.ok("genesis", "hash", GENESIS, "-o", "json"))
                .isEqualTo(
                        "{\"networkId\":\""
                                + id
                                + "\",\"shortId\":\"wn-"
                                + id.substring(0, 8)
                                + "\",\"words\":\""
                                + words
                                + "\"}\n");
    }

    @Test
    void acceptsTheExpectedIdInEveryForm() {
        for (String expected :
                List.of(
                        id,
                        id.toUpperCase(java.util.Locale.ROOT),
                        words,
                        words.replace('-', ' '))) {
            TestCli.ok("genesis", "verify", GENESIS, "--expect", expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "zebra-zebra-zebra-zebra-zebra-zebra"
            })
    void endsWithSixForAnotherNetwork(String expected) {
        TestCli.Result result = TestCli.run("genesis", "verify", GENESIS, "--expect", expected);
        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.err()).startsWith("error[GENESIS_MISMATCH]").contains(id, words);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void endsWithTwoForWhatIsNoId() {
        for (String expected : List.of("wn-" + id.substring(0, 8), "zebra", "", "zebro zebra")) {
            TestCli.Result result = TestCli.run("genesis", "verify", GENESIS, "--expect", expected);
            assertThat(result.exitCode()).as(expected).isEqualTo(2);
        }
    }

    @Test
    void showsWhatIsFounded() {
        assertThat(TestCli.ok("genesis", "show", GENESIS))
                .contains(
                        "network     acme-trade",
                        "quorum      3 of 4 validators; 1 may fail or lie",
                        "rule        heartbeatSeconds 60",
                        "organisation acme  The acme company  endorsed",
                        "validator   dune-1  of dune",
                        "endpoint   ws://dune.example:7400");
        assertThat(TestCli.ok("genesis", "show", GENESIS, "-o", "json"))
                .contains("\"quorum\":3", "\"founded\":true", "\"missing\":[]");
    }

    @Test
    void saysEveryProblemOfABadFile() throws Exception {
        Path bad = dir.resolve("bad.json");
        String text = Files.readString(GENESIS);
        Files.writeString(
                bad,
                text.replace("\"heartbeatSeconds\": 60", "\"heartbeatSeconds\": 0")
                        .replace("\"name\": \"acme-trade\"", "\"name\": \"\""));
        TestCli.Result result = TestCli.run("genesis", "verify", bad);
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .startsWith("error[GENESIS_INVALID] " + bad + " is not a valid genesis file\n")
                .contains("  line 4, column 13: body.name: \"\": a name has 1 to 64 characters\n")
                .contains("  line 13, column 27: body.rules.heartbeatSeconds: is 0, allowed");
        assertThat(TestCli.run("genesis", "show", dir.resolve("none")).exitCode()).isEqualTo(4);
    }

    @Test
    void findsNoDifferenceToANodeOfTheSameNetwork() throws Exception {
        String body =
                "{\"network\":\"x\",\"height\":1.5,\"genesis\":"
                        + Files.readString(GENESIS)
                        + ",\"more\":null}";
        HttpServer node = answering(200, body);
        try {
            String url = "http://127.0.0.1:" + node.getAddress().getPort();
            assertThat(TestCli.ok("genesis", "diff", GENESIS, url))
                    .isEqualTo("no difference: wn-" + id.substring(0, 8) + "\n");
            assertThat(TestCli.run("genesis", "diff", url + "/", GENESIS).exitCode()).isZero();
        } finally {
            node.stop(0);
        }
    }

    @Test
    void endsWithTenAndNamesEveryDifference() throws Exception {
        Path other = dir.resolve("other.json");
        String text = Files.readString(GENESIS);
        int endorsements = text.indexOf("\"endorsements\"");
        Files.writeString(
                other,
                text.substring(0, endorsements)
                                .replace("\"heartbeatSeconds\": 60", "\"heartbeatSeconds\": 61")
                        + "\"endorsements\": []}");
        TestCli.Result result = TestCli.run("genesis", "diff", GENESIS, other);
        assertThat(result.exitCode()).isEqualTo(10);
        assertThat(result.out()).contains("rule heartbeatSeconds\n  A  60\n  B  61\n");
        TestCli.Result json = TestCli.run("genesis", "diff", GENESIS, other, "-o", "json");
        assertThat(json.out())
                .contains("{\"what\":\"rule heartbeatSeconds\",\"a\":\"60\",\"b\":\"61\"}");
    }

    @Test
    void endsWithFiveWhereNoNodeAnswersWell() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(diff("http://127.0.0.1:" + closed).exitCode()).isEqualTo(5);
        assertThat(diff("http://").exitCode()).isEqualTo(5);
        HttpServer node = answering(200, "{\"height\":1}");
        HttpServer broken = answering(500, "{}");
        HttpServer forged = answering(200, "{\"genesis\":{\"body\":{}}}");
        try {
            assertThat(diff("http://127.0.0.1:" + node.getAddress().getPort()).err())
                    .contains("its answer holds no genesis file");
            assertThat(diff("http://127.0.0.1:" + broken.getAddress().getPort()).exitCode())
                    .isEqualTo(5);
            assertThat(diff("http://127.0.0.1:" + forged.getAddress().getPort()).exitCode())
                    .isEqualTo(3);
        } finally {
            node.stop(0);
            broken.stop(0);
            forged.stop(0);
        }
    }

    @Test
    void startsADraftWithRulesAndNeverReplacesOne() throws Exception {
        Path draft = dir.resolve("draft.json");
        Object[] words = {
            "genesis",
            "draft",
            "--name",
            "acme-trade",
            "--draft-id",
            "dr-5c1e9a02",
            "--created",
            "2026-01-12T09:00:00Z",
            "--out",
            draft
        };
        TestCli.ok(words);
        assertThat(draft).hasSameTextualContentAs(GENESIS.resolveSibling("draft.json"));
        assertThat(TestCli.run(words).exitCode()).isEqualTo(4);
        assertThat(TestCli.ok("genesis", "draft", "--name", "n")).contains("\"draft\": \"dr-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rule=heartbeatSeconds=0",
                "--rule=heartbeatSecond=10",
                "--rule=heartbeatSeconds=ten",
                "--rule=minimumValidators=3",
                "--draft-id=5",
                "--created=yesterday",
                "--name=" + "\u202e",
                "--nme=x"
            })
    void refusesADraftThatNoFileMayHold(String option) {
        TestCli.Result result = TestCli.run("genesis", "draft", "--name", "n", option);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("error[USAGE]");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void writesNothingInADryRun() {
        Path draft = dir.resolve("draft.json");
        TestCli.Result result =
                TestCli.run("genesis", "draft", "--name", "n", "--out", draft, "--dry-run");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("would write " + draft);
        assertThat(draft).doesNotExist();
    }

    private static TestCli.Result diff(String url) {
        return TestCli.run("genesis", "diff", GENESIS, url, "--timeout", "5s");
    }

    private static HttpServer answering(int status, String body) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/v1/network",
                exchange -> {
                    exchange.sendResponseHeaders(status, bytes.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(bytes);
                    }
                });
        server.start();
        return server;
    }
}
