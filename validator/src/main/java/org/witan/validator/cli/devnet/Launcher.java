package org.witan.validator.cli.devnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.witan.validator.cli.Main;

/**
 * Starts a validator as a process of its own, in the way in which this program was started.
 *
 * <p>The process gets a session of its own, so that an interrupt on the terminal reaches only the
 * one that decides what ends; and nothing of this environment that would set it up differently.
 */
final class Launcher {
    private static final Path SESSION = Path.of("/usr/bin/setsid");
    private static final Set<String> PASSED_ON = Set.of("WITAN_JAVA_OPTS", "WITAN_HEAP");

    private Launcher() {}

    /**
     * Starts the node of a home; its output is appended to {@code log}.
     *
     * @param parent the process with whose end the node ends, too
     */
    static Process start(Path home, Path log, Optional<ProcessHandle> parent) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SESSION)) {
            command.add(SESSION.toString());
        }
        command.addAll(self());
        command.addAll(List.of("start", "--home", home.toAbsolutePath().toString()));
        parent.ifPresent(process -> command.add("--end-with=" + process.pid()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("WITAN_") && !PASSED_ON.contains(name));
        builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
        builder.redirectOutput(Redirect.appendTo(log.toFile()));
        builder.redirectErrorStream(true);
        try {
            return builder.start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The installed launcher if this runs from an installation, else this Java and class path. */
    private static List<String> self() {
        Path installed = jar().resolveSibling("../bin/witan").normalize();
        if (Files.isExecutable(installed)) {
            return List.of(installed.toString());
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }

    private static Path jar() {
        try {
            return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
