package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.witan.validator.e2e.Witan;

/** Lines of bash as a page has them, run in a folder with the packaged {@code witan} first. */
final class Shell {
    private final Path folder;
    private final Map<String, String> environment;
    private final Duration deadline;

    /**
     * A shell in a folder.
     *
     * @param environment what its commands find besides that of this process, of which nothing that
     *     concerns Witan is left
     * @param deadline for each run
     */
    Shell(Path folder, Map<String, String> environment, Duration deadline) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.deadline = deadline;
    }

    /** Runs lines until one fails, which none may; answers all that was said. */
    String run(String lines) throws IOException, InterruptedException {
        Path script = Files.createTempFile("shell", ".sh");
        Path out = Files.createTempFile("shell", ".out");
        try {
            Files.writeString(script, lines);
            Process process = builder(script).redirectOutput(out.toFile()).start();
            try {
                boolean ended = process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS);
                String said = Files.readString(out);
                assertThat(ended).as("in time: %s", said).isTrue();
                assertThat(process.exitValue()).as("%s%n%s", lines, said).isZero();
                return said;
            } finally {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
        } finally {
            Files.delete(script);
            Files.delete(out);
        }
    }

    private ProcessBuilder builder(Path script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-eu", script.toString());
        Witan.setEnvironment(builder);
        builder.environment().putAll(environment);
        Path bin = Witan.launcher().toRealPath().getParent();
        builder.environment().merge("PATH", String.valueOf(bin), (old, first) -> first + ":" + old);
        return builder.directory(folder.toFile()).redirectErrorStream(true);
    }
}
