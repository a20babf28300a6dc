package org.witan.validator.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.witan.validator.cli.http.Fields;

/** The packaged command, run as a process. */
public final class Witan {
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int FORK = Integer.getInteger("witan.fork", 0);
    private static final int FORKS = Integer.getInteger("witan.forks", 1);

    private Witan() {}

    /** What a command said and how it ended. */
    public record Said(int exitCode, String out, String err) {
        /** Its data as a JSON object. */
        public Fields json() throws IOException {
            return Fields.parse(out.getBytes(StandardCharsets.UTF_8));
        }

        /** This, if it ended well. */
        public Said ok() {
            assertThat(exitCode).as("exit code; out: %s err: %s", out, err).isZero();
            return this;
        }
    }

    /** The launcher. */
    public static Path launcher() {
        String distribution = System.getProperty("witan.distribution");
        assertThat(distribution).as("witan.distribution, which the build sets").isNotNull();
        return Path.of(String.valueOf(distribution), "bin", "witan");
    }

    /**
     * A base whose ports, and some more behind them, nobody uses. Test processes that run side by
     * side choose from different parts of each thousand, since the ports of a validator that is
     * down look free, and offsets are whole thousands.
     */
    public static int freeBase(int size) {
        while (true) {
            int thousand = 1000 * ThreadLocalRandom.current().nextInt(20, 30);
            int part = 1000 / FORKS;
            int base =
                    thousand
                            + part * (FORK % FORKS)
                            + ThreadLocalRandom.current().nextInt(part - size - 5);
            if (IntStream.rangeClosed(1, size + 5)
                    .allMatch(i -> isFree(base + i) && isFree(base + 1000 + i))) {
                return base;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /** Copies a home as for another host: with other ports, each by the one that it stands for. */
    public static void copyHome(Path home, Path copy, Map<Integer, Integer> ports)
            throws IOException, InterruptedException {
        var command = new ProcessBuilder("cp", "-a", home.toString(), copy.toString());
        assertThat(command.start().waitFor()).isZero();
        Path settings = copy.resolve("witan.yaml");
        String moved = Files.readString(settings);
        for (Map.Entry<Integer, Integer> port : ports.entrySet()) {
            assertThat(moved).contains(":" + port.getKey());
            moved = moved.replace(":" + port.getKey(), ":" + port.getValue());
        }
        Files.writeString(settings, moved);
    }

    /** Runs a command to its end. */
    public static Said run(Object... arguments) throws IOException, InterruptedException {
        return runBy(launcher(), arguments);
    }

    /** Runs a command of a program of another build to its end. */
    public static Said runBy(Path launcher, Object... arguments)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("witan", ".out");
        Path err = Files.createTempFile("witan", ".err");
        try {
            Process process = startBy(launcher, out, err, arguments);
            boolean ended = process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            Said said =
                    new Said(
                            ended ? process.exitValue() : -1,
                            Files.readString(out),
                            Files.readString(err));
            assertThat(ended).as("it ended: %s", said).isTrue();
            return said;
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Starts a command and goes on. */
    public static Process start(Path out, Path err, Object... arguments) throws IOException {
        return startBy(launcher(), out, err, arguments);
    }

    private static Process startBy(Path launcher, Path out, Path err, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(launcher.toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        setEnvironment(builder);
        return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    /**
     * Leaves a command nothing of this process's environment that concerns Witan, but gives it the
     * options that the build has for the JVMs of nodes ({@code witan.node.options}).
     */
    public static void setEnvironment(ProcessBuilder builder) {
        builder.environment().keySet().removeIf(name -> name.startsWith("WITAN_"));
        String options = System.getProperty("witan.node.options", "");
        if (!options.isEmpty()) {
            builder.environment().put("WITAN_JAVA_OPTS", options);
        }
    }
}
