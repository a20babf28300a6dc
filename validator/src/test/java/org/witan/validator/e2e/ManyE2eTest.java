package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.cli.node.PidFile;

/** The foreground devnet: many validators in one process, and ends of every kind. */
@Tag("e2e")
class ManyE2eTest {
    @TempDir private Path folder;

    @Test
    void twentyInOneProcessLinkAHundredAndNinetyTimesAndAgree() throws Exception {
        int base = Witan.freeBase(20);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Path devnet = folder.resolve("d");
        Process process =
                Witan.start(
                        out,
                        err,
                        "devnet",
                        "-n",
                        "20",
                        "--in-process",
                        "--dir",
                        devnet,
                        "--base-port",
                        base,
                        "--timeout",
                        "90s");
        try {
            Await.until(
                    "all links are up",
                    Duration.ofSeconds(120),
                    () -> {
                        assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
                        return Files.readString(out).contains("links=190/190");
                    });
            requireAgreement(devnet, base);
        } finally {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(process.exitValue()).as("%s", Files.readString(err)).isZero();
    }

    /** A put at one is read at all, in the same block. */
    private static void requireAgreement(Path devnet, int base) throws Exception {
        Fields put =
                Witan.run("entry", "put", "k", "v", "--home", devnet.resolve("v7"), "-ojson")
                        .ok()
                        .json();
        long height = put.number("height").orElseThrow();
        Set<String> hashes = new TreeSet<>();
        for (int i = 1; i <= 20; i++) {
            NodeAddress address = new NodeAddress("127.0.0.1", base + 1000 + i);
            try (NodeClient client = new NodeClient(address, Duration.ofSeconds(10))) {
                Await.until(
                        "v" + i + " has it",
                        Duration.ofSeconds(30),
                        () -> client.get("/v1/entries/v7/k").shown("value").equals("v"));
                hashes.add(client.get("/v1/blocks/" + height).shown("hash"));
            }
        }
        assertThat(hashes).hasSize(1);
    }

    @Test
    void fourEndAfterSoManyBlocks() throws Exception {
        Witan.Said said =
                Witan.run(
                                "devnet",
                                "--dir",
                                folder.resolve("d"),
                                "--base-port",
                                Witan.freeBase(4),
                                "--blocks",
                                "5")
                        .ok();
        assertThat(said.err()).contains("4 validators agree on block 5");
        assertThat(said.out()).contains("links=6/6");
        for (int i = 1; i <= 4; i++) {
            assertThat(PidFile.of(folder.resolve("d").resolve("v" + i)).running()).isEmpty();
        }
    }

    @Test
    void allEndWhenTheForegroundDies() throws Exception {
        Path out = folder.resolve("out");
        Path devnet = folder.resolve("d");
        Process process =
                Witan.start(
                        out,
                        folder.resolve("err"),
                        "devnet",
                        "--dir",
                        devnet,
                        "--base-port",
                        Witan.freeBase(4));
        Await.until(
                "it is up",
                Duration.ofSeconds(60),
                () -> Files.readString(out).contains("ready=4/4"));
        List<ProcessHandle> validators =
                IntStream.rangeClosed(1, 4)
                        .mapToObj(i -> PidFile.of(devnet.resolve("v" + i)).running().orElseThrow())
                        .toList();
        process.destroyForcibly();
        Await.until(
                "its validators end",
                Duration.ofSeconds(20),
                () -> validators.stream().noneMatch(ProcessHandle::isAlive));
    }
}
