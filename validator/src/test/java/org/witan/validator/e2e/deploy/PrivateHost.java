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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A host of its own. Where this machine can boot its systemd in namespaces, that runs the units,
 * with processes, control groups and files of its own. Else it has files of its own only, and a
 * {@code systemctl} that starts and ends processes as the unit says. The network is this machine's.
 */
final class PrivateHost implements AutoCloseable {
    private static final String PATH = "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final int DEADLINE_SECONDS = 120;
    private static final String READY = "ready";

    private final Process holder;
    private final BufferedReader holderSays;
    private final boolean booted;
    private final List<String> units = new ArrayList<>();
    private List<String> way;

    /** What a command said and how it ended. */
    record Said(int exitCode, String text) {
        /** What it said, if it ended well. */
        String ok() {
            assertThat(exitCode).as(text).isZero();
            return text;
        }
    }

    private PrivateHost(Process holder, BufferedReader holderSays, boolean booted, long pid) {
        this.holder = holder;
        this.holderSays = holderSays;
        this.booted = booted;
        this.way = wayTo(booted, pid);
    }

    /**
     * A host that keeps its files below a folder; it sees the folder as it is here, and what it
     * changes elsewhere stays its own. {@code -Dsystemd=false} wants the stand-in.
     */
    static PrivateHost in(Path folder) throws IOException {
        if (!Boolean.parseBoolean(System.getProperty("systemd", "true"))) {
            return withStandIn(folder);
        }
        Path real = resource(folder, "systemd.sh");
        Process holder = inNewMounts(real, folder.resolve("host"), folder);
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        String answer = String.valueOf(said.readLine());
        if (answer.startsWith(READY)) {
            return new PrivateHost(holder, said, true, pid(answer));
        }
        System.out.println("fire: hosts by a stand-in of systemctl, not by systemd: " + answer);
        holder.destroy();
        return withStandIn(folder);
    }

    private static PrivateHost withStandIn(Path folder) throws IOException {
        Process holder =
                inNewMounts(
                        resource(folder, "stand-in.sh"),
                        Files.createDirectories(folder.resolve("stand-in")),
                        resource(folder, "systemctl.sh"));
        BufferedReader said = holder.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo(READY);
        return new PrivateHost(holder, said, false, holder.pid());
    }

    private static Process inNewMounts(Path script, Path folder, Path other) throws IOException {
        return new ProcessBuilder(
                        "unshare", "--mount", "bash", "" + script, "" + folder, "" + other)
                .redirectErrorStream(true)
                .start();
    }

    private static Path resource(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        try (InputStream in = PrivateHost.class.getResourceAsStream(name)) {
            assertThat(in).isNotNull();
            Files.copy(in, file);
        }
        return file;
    }

    private static long pid(String ready) {
        return Long.parseLong(ready.substring(READY.length()).strip());
    }

    private static List<String> wayTo(boolean booted, long pid) {
        List<String> words = new ArrayList<>(List.of("nsenter", "--mount", "-t", "" + pid));
        if (booted) {
            words.addAll(List.of("--pid", "--uts", "--ipc", "--cgroup"));
        }
        words.addAll(List.of("--", "env", "PATH=" + PATH));
        return List.copyOf(words);
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

    /** Whether systemd runs here, and not the stand-in. */
    boolean hasSystemd() {
        return booted;
    }

    /** The words that run a command on this host, as root, until it is booted again. */
    List<String> command(Object... words) {
        List<String> command = new ArrayList<>(way);
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

    /** Starts a unit now and whenever the host boots; it ends with the host. */
    void start(String unit) throws IOException, InterruptedException {
        units.add(unit);
        run("systemctl", "enable", "--now", unit).ok();
    }

    /** What systemd says about a unit; the stand-in knows nothing of it. */
    Optional<String> property(String unit, String name) throws IOException, InterruptedException {
        return booted
                ? Optional.of(run("systemctl", "show", "-P", name, unit).ok().strip())
                : Optional.empty();
    }

    /**
     * Ends systemd in order and boots it again, on the same disk; the stand-in starts its units.
     */
    void reboot() throws IOException, InterruptedException {
        if (booted) {
            run("systemctl", "reboot");
            String answer = String.valueOf(holderSays.readLine());
            assertThat(answer).startsWith(READY);
            way = wayTo(true, pid(answer));
            return;
        }
        for (String unit : units) {
            run("systemctl", "restart", unit).ok();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (String unit : units) {
                run("systemctl", "stop", unit);
            }
            holder.destroy();
            assertThat(holder.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            holder.destroy();
        }
    }
}
