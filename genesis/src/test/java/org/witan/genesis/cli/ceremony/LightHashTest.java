package org.witan.genesis.cli.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.cli.TestCli;

/** Printing a network id or a public key loads no cryptographic library and no data binding. */
class LightHashTest {
    private static final Path GENESIS =
            Path.of("src/test/resources/org/witan/genesis/document/genesis.json");

    @TempDir Path dir;

    /** The command that the other process runs. */
    public static final class Main {
        private Main() {}

        /** Runs one command. */
        public static void main(String[] arguments) {
            System.out.println(TestCli.ok((Object[]) arguments));
        }
    }

    @Test
    void hashLoadsLittle() throws Exception {
        assertThat(loaded("genesis", "hash", GENESIS.toString()))
                .anyMatch(name -> name.startsWith("com.fasterxml.jackson.core"))
                .filteredOn(LightHashTest::isHeavy)
                .isEmpty();
    }

    @Test
    void keyShowLoadsLittle() throws Exception {
        Path key = dir.resolve("node.key");
        TestCli.ok("key", "new", "--out", key, "--make-passphrase", dir.resolve("p"));
        assertThat(loaded("key", "show", key.toString()))
                .contains("org.witan.genesis.keyfile.KeyFile")
                .filteredOn(name -> isHeavy(name) || name.contains("jackson"))
                .isEmpty();
    }

    private static boolean isHeavy(String name) {
        return name.startsWith("org.bouncycastle")
                || name.startsWith("com.fasterxml.jackson.databind")
                || name.startsWith("com.sun.crypto")
                || name.startsWith("java.net.http");
    }

    private List<String> loaded(String... arguments) throws Exception {
        Path log = dir.resolve("classes");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xlog:class+load:file=" + log,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(dir.resolve("output").toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(dir.resolve("output"))).isZero();
        return Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .map(line -> line.replaceAll("^(\\[[^]]*])+ ", "").split(" ", 2)[0])
                .toList();
    }
}
