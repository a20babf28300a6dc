package org.witan.validator.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A host of its own as far as files go: a mount namespace with an {@code /etc} that is a copy,
 * empty folders where releases and homes are kept, and a {@code systemctl} that starts and ends
 * processes as the unit says. Network and processes are those of this machine.
 */
final class PrivateHost implements AutoCloseable {
    private static final String PREPARE =
            """
            set -eu
            mkdir -p /opt/witan /var/lib/witan "$1/etc"
            mount -t tmpfs -o mode=0755 tmpfs "$1/etc"
            cp -a /etc/. "$1/etc"
            mount --bind "$1/etc" /etc
            for empty in /opt/witan /var/lib/witan /usr/local/bin; do
                mount -t tmpfs -o mode=0755 tmpfs "$empty"
            done
            install -m 0755 "$2" /usr/local/bin/systemctl
            echo ready
            exec cat
            """;
    private static final String PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int DEADLINE_SECONDS = 120;

    private final Process holder;
    private final List<String> units = new ArrayList<>();

    /** What a command said and how it ended. */
    record Said(int exitCode, String text) {
        /** What it said, if it ended well. */
        String ok() {
            assertThat(exitCode).as(text).isZero();
            return text;
        }
    }

    /** A host that keeps its files below a folder. */
    PrivateHost(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path systemctl = folder.resolve("systemctl");
        try (InputStream in = PrivateHost.class.getResourceAsStream("systemctl.sh")) {
            assertThat(in).isNotNull();
            Files.copy(in, systemctl);
        }
        holder =
                new ProcessBuilder(
                                "unshare",
                                "--mount",
                                "bash",
                                "-c",
                                PREPARE,
                                "prepare",
                                folder.toString(),
                                systemctl.toString())
                        .redirectErrorStream(true)
                        .start();
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("ready");
    }

    /** Whether this machine lets a process have files of its own. */
    static boolean isPossible() throws IOException, InterruptedException {
        try {
            Process trial =
                    new ProcessBuilder(
                                    "unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return trial.waitFor() == 0 && Files.isWritable(Path.of("/opt"));
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** The words that run a command on this host, as root. */
    List<String> command(Object... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--mount", "--wd=/", "-t"));
        command.addAll(List.of("" + holder.pid(), "--", "env", "PATH=" + PATH));
        for (Object word : words) {
            command.add(word.toString());
        }
        return command;
    }

    /** Runs a command to its end. */
    Said run(Object... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile("host", ".out");
        try {
            Process process =
                    new ProcessBuilder(command(words))
                            .redirectErrorStream(true)
                            .redirectOutput(out.toFile())
                            .start();
            boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            return new Said(ended ? process.exitValue() : -1, Files.readString(out));
        } finally {
            Files.delete(out);
        }
    }

    /** Runs lines of shell, which must end well. */
    String shell(String lines) throws IOException, InterruptedException {
        return run("bash", "-euc", lines).ok();
    }

    /** Starts a unit, which ends with the host. */
    void start(String unit) throws IOException, InterruptedException {
        units.add(unit);
        run("systemctl", "start", unit).ok();
    }

    @Override
    public void close() throws IOException {
        try {
            for (String unit : units) {
                run("systemctl", "stop", unit);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            holder.destroy();
        }
    }
}
