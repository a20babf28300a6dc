package org.witan.validator.fire.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the operating system, such as {@code mount} and {@code ip}. */
public final class Shell {
    private Shell() {}

    /**
     * How a command ended.
     *
     * @param exitCode of the command; -1 if it did not end in a minute or does not exist
     * @param output both of its outputs
     */
    public record Result(int exitCode, String output) {}

    /** Runs a command that must succeed; answers what it wrote. */
    public static String run(List<String> command) throws IOException, InterruptedException {
        Result result = attempt(command);
        assertThat(result.exitCode).as("%s: %s", command, result.output).isZero();
        return result.output;
    }

    /** The same, word by word. */
    public static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** Takes a file system away when a test ends, if it is still there. */
    static void unmount(Path mount) throws IOException {
        try {
            attempt(List.of("umount", mount.toString()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs a command that may fail. */
    public static Result attempt(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("shell", ".out");
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            boolean ended = process.waitFor(60, TimeUnit.SECONDS);
            if (!ended) {
                process.destroyForcibly();
            }
            String text = Files.readString(output, StandardCharsets.UTF_8);
            return new Result(ended ? process.exitValue() : -1, text);
        } catch (IOException noSuchCommand) {
            return new Result(-1, String.valueOf(noSuchCommand.getMessage()));
        } finally {
            Files.delete(output);
        }
    }
}
