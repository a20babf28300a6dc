package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import org.witan.validator.e2e.Network;
import org.witan.validator.e2e.Witan;
import org.witan.validator.e2e.Writers;

/** {@code deploy/rolling-upgrade.sh} brings another release to four validators under load. */
@Tag("fire")
class RollingUpgradeTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration REST = Duration.ofMillis(100);
    private static final String NEXT = "9.9.9";

    @TempDir private Path scratch;

    private record Said(int exitCode, String text) {}

    @Test
    void nothingIsLostThroughAFailureAnInterruptionAndTheWayBack() throws Exception {
        Path now = Witan.launcher();
        Path next = nextRelease();
        try (Network network = Network.up(scratch.resolve("d"), 4);
                Writers writers = new Writers(network, REST, 1, 2, 3, 4)) {
            String before = build(network, 1);
            writers.awaitMore(8, SOON);

            Said failed = roll(network, now, broken(), "--wait", "15");
            assertThat(failed.exitCode()).as(failed.text()).isEqualTo(9);
            assertThat(failed.text()).contains("error[GATE_SHUT]", "back to " + now);
            assertThat(builds(network)).containsOnly(before);

            interruptWhenOneIsDone(network, now, next);
            Said back = roll(network, now, next, "--back");
            assertThat(back.exitCode()).as(back.text()).isZero();
            assertThat(builds(network)).containsOnly(before);

            Said rolled = roll(network, now, next);
            assertThat(rolled.exitCode()).as(rolled.text()).isZero();
            assertThat(builds(network)).containsOnly(NEXT);
            assertThat(roll(network, now, next).text()).contains("v1: done before");

            writers.awaitMore(8, SOON);
            writers.stop();
            network.awaitAgreement(SOON, 1, 2, 3, 4);
            requireAll(network, writers.acknowledged());
            requireNoPause(network);
        }
    }

    private static void requireAll(Network network, Map<String, String> acknowledged) {
        assertThat(acknowledged).hasSizeGreaterThan(50);
        acknowledged.forEach((key, id) ->
                assertThat(network.answer(2, "/v1/transactions/" + id).status())
                        .as(key)
                        .isEqualTo(200));
    }

    /** By the times in the blocks: all of them were made while somebody wrote. */
    private static void requireNoPause(Network network) {
        long longest = 0;
        try (NodeClient client = network.client(1)) {
            long head = client.get("/v1/status").number("height").orElseThrow();
            Instant last = blockTime(client, 1);
            for (long height = 2; height <= head; height++) {
                Instant time = blockTime(client, height);
                longest = Math.max(longest, Duration.between(last, time).toMillis());
                last = time;
            }
            System.out.printf(
                    "fire: rolling upgrade: %d blocks, longest pause %d ms%n", head, longest);
        }
        assertThat(longest).isLessThan(LONGEST_PAUSE.toMillis());
    }

    private static Instant blockTime(NodeClient client, long height) {
        Fields block = client.get("/v1/blocks/" + height + "?limit=1");
        return Instant.parse(block.inner("header").shown("time"));
    }

    private static String build(Network network, int i) {
        return network.get(i, "/v1/status").shown("build");
    }

    private static TreeSet<String> builds(Network network) {
        TreeSet<String> builds = new TreeSet<>();
        for (int i = 1; i <= 4; i++) {
            builds.add(build(network, i));
        }
        return builds;
    }

    /** Ends the script as Ctrl-C does, while it has the second validator in hand. */
    private void interruptWhenOneIsDone(Network network, Path now, Path next) throws Exception {
        Process script = start(network, now, next);
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = script.inputReader(StandardCharsets.UTF_8)) {
            boolean done = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                done |= line.endsWith(": done");
                if (done && line.endsWith(": stop")) {
                    script.destroy();
                    break;
                }
            }
        }
        script.waitFor();
        assertThat(said.toString()).contains(": done");
        assertThat(script.exitValue()).as(said.toString()).isNotZero();
    }

    private static Said roll(Network network, Path now, Path next, String... more)
            throws Exception {
        Process script = start(network, now, next, more);
        byte[] said = script.getInputStream().readAllBytes();
        return new Said(script.waitFor(), new String(said, StandardCharsets.UTF_8));
    }

    private static Process start(Network network, Path now, Path next, String... more)
            throws IOException {
        Path script = Witan.launcher().resolve("../../deploy/rolling-upgrade.sh").normalize();
        List<String> command = new ArrayList<>();
        command.addAll(List.of(script.toString(), "--devnet", network.folder().toString()));
        command.addAll(List.of("--from", now.toString(), "--to", next.toString()));
        command.addAll(List.of("--soak", "1", "--wait", "40"));
        command.addAll(Arrays.asList(more));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** A program that does everything but start a validator. */
    private Path broken() throws IOException {
        String text =
                """
                #!/bin/sh
                case "$1 $2" in "devnet start") exit 1 ;; *) exec '%s' "$@" ;; esac
                """
                        .formatted(Witan.launcher());
        Path broken = Files.writeString(scratch.resolve("broken"), text);
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        return broken;
    }

    /** The distribution under test with another version in it. */
    private Path nextRelease() throws Exception {
        Path from = Witan.launcher().resolve("../..").normalize();
        Path to = scratch.resolve("witan-" + NEXT);
        Process copied = new ProcessBuilder("cp", "-r", "" + from, "" + to).inheritIO().start();
        assertThat(copied.waitFor()).isZero();
        try (Stream<Path> files = Files.list(to.resolve("lib"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.startsWith("witan-validator-")) {
                    renumber(file, file.resolveSibling("witan-validator-" + NEXT + ".jar"));
                } else if (name.endsWith(".aot")) {
                    Files.delete(file);
                }
            }
        }
        Files.writeString(to.resolve("lib/build-id.txt"), "0".repeat(64) + "\n");
        return to.resolve("bin/witan");
    }

    private static void renumber(Path jar, Path to) throws IOException {
        try (JarFile source = new JarFile(jar.toFile())) {
            Manifest manifest = source.getManifest();
            manifest.getMainAttributes().putValue("Implementation-Version", NEXT);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(to), manifest)) {
                for (var entry : source.stream().toList()) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        out.putNextEntry(new ZipEntry(entry.getName()));
                        source.getInputStream(entry).transferTo(out);
                        out.closeEntry();
                    }
                }
            }
        }
        Files.delete(jar);
    }
}
