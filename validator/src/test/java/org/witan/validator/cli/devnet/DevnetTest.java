package org.witan.validator.cli.devnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.node.NodeFiles;
import org.witan.validator.cli.node.PidFile;
import org.witan.validator.e2e.Await;

/** A devnet's folder, ports, processes and table; whole networks are run by the e2e tests. */
class DevnetTest {
    @TempDir private Path folder;

    private static Row row(String id, long height, int up) {
        return new Row(id, height >= 0, height, "aa", up, 3, "v2", "1");
    }

    @Test
    void aFoundedFolderCanBeOpenedAgain() {
        DevnetFolder founded = DevnetFolder.found(folder.resolve("d"), 4, new Ports(7400));
        DevnetFolder opened = DevnetFolder.open(folder.resolve("d"));
        assertThat(opened).isEqualTo(founded);
        for (int i = 1; i <= 4; i++) {
            assertThat(opened.settings(i).id().value()).isEqualTo("v" + i);
            assertThat(opened.address(i)).hasToString("http://127.0.0.1:" + (8400 + i));
            NodeFiles files = new NodeFiles(opened.settings(i));
            var member = files.genesis().founding().members().get(i - 1);
            assertThat(member.endpoints().getFirst()).hasToString("ws://127.0.0.1:" + (7400 + i));
            assertThat(files.key().publicKey()).isEqualTo(member.key());
            assertThat(opened.settings(i).text(Setting.LINK_LISTEN)).endsWith(":" + (7400 + i));
        }
    }

    @Test
    void oneValidatorIsANetwork() {
        DevnetFolder one = DevnetFolder.found(folder.resolve("d"), 1, new Ports(7400));
        assertThat(new NodeFiles(one.settings(1)).genesis().isFounded()).isTrue();
    }

    @Test
    void anEmptyFolderIsNoDevnet() throws IOException {
        assertThatThrownBy(() -> DevnetFolder.open(folder)).hasMessageContaining("no devnet in");
        Files.writeString(folder.resolve("genesis.json"), "{}");
        assertThatThrownBy(() -> DevnetFolder.open(folder)).hasMessageContaining("no network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "5", "v5", "", "x", "v", "01", "-1"})
    void onlyItsValidatorsHaveNumbers(String word) {
        DevnetFolder devnet = new DevnetFolder(folder, 4);
        assertThat(devnet.index("v4", "pause")).isEqualTo(4);
        assertThat(devnet.index("1", "pause")).isEqualTo(1);
        assertThatThrownBy(() -> devnet.index(word, "pause"))
                .isInstanceOf(OperatorError.class)
                .extracting("fix")
                .asString()
                .startsWith("witan devnet pause I --dir " + folder);
    }

    @Test
    void allPortsInUseAreNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThatThrownBy(() -> new Ports(port - 1).requireFree(1))
                    .satisfies(e -> assertThat(((OperatorError) e).why()).contains("1: " + port));
            assertThatThrownBy(() -> new Ports(port - 1001).requireFree(1))
                    .isInstanceOf(OperatorError.class);
        }
        assertThatThrownBy(() -> new Ports(65_000)).hasMessageContaining("65000");
    }

    @Test
    void aFrozenProcessEndsInOrderToo() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        Signals.pause(child.toHandle());
        Path stat = Path.of("/proc/" + child.pid() + "/stat");
        Await.until(
                "it is frozen",
                Duration.ofSeconds(10),
                () -> Files.readString(stat).contains(") T "));
        Signals.end(List.of(child.toHandle()));
        assertThat(child.isAlive()).isFalse();
        // 128 + SIGTERM, where a kill would have given 137.
        assertThat(child.waitFor()).isEqualTo(143);
    }

    @Test
    void aKilledProcessIsGoneWhenItReturns() throws Exception {
        Process child = new ProcessBuilder("sleep", "60").start();
        Signals.kill(child.toHandle());
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void processesStartedByAnotherCallAreEndedToo() throws Exception {
        DevnetFolder devnet = DevnetFolder.found(folder.resolve("d"), 1, new Ports(7400));
        Process child = new ProcessBuilder("sleep", "60").start();
        PidFile.of(devnet.home(1)).claim(child.toHandle());
        new SeparateProcesses(devnet, Optional.empty()).endAll();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void aTableIsDrawnOverItselfOnATerminalOnly() {
        StringWriter out = new StringWriter();
        LiveTable terminal = new LiveTable(new PrintWriter(out), true);
        List<Row> rows = List.of(row("v1", 7, 3), row("v2", -1, 0));
        terminal.show(rows, List.of("ready", "down"));
        terminal.show(rows, List.of("ready", "down"));
        assertThat(out.toString()).contains("\033[3A\033[J").contains("v2  down\n");

        StringWriter plain = new StringWriter();
        LiveTable lines = new LiveTable(new PrintWriter(plain), false);
        lines.show(rows, List.of("ready", "down"));
        lines.show(rows, List.of("ready", "down"));
        assertThat(plain.toString())
                .isEqualTo("ready=1/2 height=7 lag=0 links=1/1 leader=v2 margin=1\n");
    }

    @Test
    void lagIsCountedFromTheHighest() {
        List<Row> rows = List.of(row("v1", 7, 1), row("v2", 5, 1));
        assertThat(LiveTable.table(rows, List.of("ready", "ready")))
                .containsExactly(
                        "ID  STATE  HEIGHT  LAG  LINKS  LEADER  MARGIN",
                        "v1  ready  7       0    1/3    v2      1",
                        "v2  ready  5       2    1/3    v2      1");
        assertThat(LiveTable.line(rows)).contains("height=7 lag=2");
    }
}
