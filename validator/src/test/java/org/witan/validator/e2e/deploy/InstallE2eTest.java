package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.crypto.Digest;
import org.witan.validator.e2e.Witan;

/** {@code deploy/install.sh} below a folder of its own, with releases that are one script each. */
@Tag("e2e")
class InstallE2eTest {
    @TempDir private Path scratch;
    private Path root;

    private record Said(int exitCode, String text) {}

    @BeforeEach
    void prepareTheHost() throws Exception {
        root = scratch.resolve("host");
        assertThat(install("host").exitCode()).isZero();
    }

    @Test
    void aReleaseIsStagedActivatedAndTakenBack() throws Exception {
        assertThat(install("stage", release("1.0.0", "a")).exitCode()).isZero();
        assertThat(install("stage", release("1.1.0", "b")).exitCode()).isZero();
        assertThat(install("activate", "1.0.0").text()).contains("before it: none");
        assertThat(install("activate", "1.1.0").text()).contains("before it: 1.0.0");
        assertThat(ran()).isEqualTo("1.1.0 version");
        assertThat(install("list").text()).isEqualTo("1.0.0 previous\n1.1.0 active\n");
        assertThat(install("rollback").text()).contains("1.0.0 starts next");
        assertThat(ran()).isEqualTo("1.0.0 version");
        assertThat(install("rollback").text()).contains("1.1.0 starts next");
    }

    @Test
    void eachNodeHasAReleaseOfItsOwn() throws Exception {
        install("stage", release("1.0.0", "a"));
        install("stage", release("1.1.0", "b"));
        assertThat(install("activate", "1.0.0", "--node", "acme-1").text())
                .contains("1.0.0 starts next at acme-1; before it: none");
        assertThat(ran()).as("the first one is the command as well").isEqualTo("1.0.0 version");
        install("activate", "1.0.0", "--node", "acme-2");
        install("activate", "1.1.0", "--node", "acme-2");
        assertThat(install("list").text()).isEqualTo("1.0.0 active acme-1\n1.1.0 acme-2\n");
        assertThat(ran("nodes/acme-1")).isEqualTo("1.0.0 version");
        assertThat(ran("nodes/acme-2")).isEqualTo("1.1.0 version");
        install("command", "1.1.0");
        assertThat(ran()).isEqualTo("1.1.0 version");
        assertThat(ran("nodes/acme-1")).isEqualTo("1.0.0 version");
        install("rollback", "--node", "acme-2");
        assertThat(ran("nodes/acme-2")).isEqualTo("1.0.0 version");
        assertThat(install("activate", "1.1.0").text())
                .contains("1.1.0 starts next at acme-1", "1.1.0 starts next at acme-2");
        assertThat(install("list").text())
                .isEqualTo("1.0.0 previous\n1.1.0 active acme-1 acme-2\n");
        refused(4, "NO_PREVIOUS", "rollback", "--node", "acme-3");
        refused(2, "USAGE", "activate", "1.0.0", "--node", "../acme");
    }

    @Test
    void everyStepMayBeRepeated() throws Exception {
        String archive = release("1.0.0", "a");
        install("stage", archive);
        install("activate", "1.0.0");
        List<String> before = files();
        assertThat(install("host").exitCode()).isZero();
        assertThat(install("stage", archive).text()).contains("staged already");
        assertThat(install("activate", "1.0.0").text()).contains("active already");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        install("stage", release("1.0.0", "a"));
        List<String> before = files();
        assertThat(install("--plan-only", "stage", release("1.1.0", "b")).text())
                .contains("would: tar");
        assertThat(install("--plan-only", "activate", "1.0.0").text()).contains("would: ln");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void whatIsWrongIsRefusedAndSaid() throws Exception {
        String archive = release("1.0.0", "a");
        install("stage", archive);
        List<String> before = files();
        refused(6, "ARTIFACT_HASH", "stage", archive, "--sha256", "00");
        refused(7, "ANOTHER_BUILD", "stage", release("1.0.0", "b"));
        refused(2, "NOT_A_RELEASE", "stage", script().toString());
        refused(4, "NO_SUCH_FILE", "stage", scratch.resolve("none").toString());
        refused(4, "NO_SUCH_RELEASE", "activate", "2.0.0");
        refused(4, "NO_PREVIOUS", "rollback");
        refused(2, "USAGE", "uninstall");
        refused(3, "CANNOT_RUN", "stage", release("1.2.0", "c", "exit 1"));
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void theNamedHashIsChecked() throws Exception {
        Path archive = Path.of(release("1.0.0", "a"));
        String hash =
                HexFormat.of()
                        .formatHex(
                                Digest.plain().add(Files.readAllBytes(archive)).done().toBytes());
        assertThat(install("stage", archive.toString(), "--sha256", hash).exitCode()).isZero();
    }

    private void refused(int exitCode, String code, String... arguments) throws Exception {
        Said said = install(arguments);
        assertThat(said.exitCode()).as(said.text()).isEqualTo(exitCode);
        assertThat(said.text()).contains("error[" + code + "]").contains("\n  try: ");
    }

    /** What the active release's command prints. */
    private String ran() throws Exception {
        return ran("current");
    }

    private String ran(String link) throws Exception {
        Path command = root.resolve("opt/witan").resolve(link).resolve("bin/witan");
        return run(List.of(command.toString(), "version")).text().strip();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(Path::toString).sorted().toList();
        }
    }

    private String release(String version, String build) throws Exception {
        return release(version, build, "echo " + version + " \"$1\"");
    }

    /** An archive whose command is one line of shell. */
    private String release(String version, String build, String line) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve(build + "/witan-" + version));
        Files.createDirectories(folder.resolve("lib"));
        Files.createDirectories(folder.resolve("bin"));
        Files.writeString(folder.resolve("lib/build-id.txt"), build + "\n");
        Path command = Files.writeString(folder.resolve("bin/witan"), "#!/bin/sh\n" + line + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        Path archive = scratch.resolve("witan-" + version + "-" + build + ".tar.gz");
        String name = folder.getFileName().toString();
        Path parent = scratch.resolve(build);
        run(List.of("tar", "-czf", archive.toString(), "-C", parent.toString(), name));
        return archive.toString();
    }

    private Said install(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(script().toString());
        command.add("--root");
        command.add(root.toString());
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static Path script() {
        return Witan.launcher().resolve("../../deploy/install.sh").normalize();
    }

    private static Said run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] out = process.getInputStream().readAllBytes();
        return new Said(process.waitFor(), new String(out, StandardCharsets.UTF_8));
    }
}
