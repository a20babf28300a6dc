package org.witan.validator.cli.upgrade;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.witan.validator.cli.http.Fields;

/** A release that is staged here: its program is run, and asked what it can do. */
final class Candidate {
    private static final int PATIENCE_SECONDS = 60;
    private static final int MOST_BYTES = 1 << 16;

    private final Path program;

    Candidate(Path program) {
        this.program = program;
    }

    /** What its program said; {@code exitCode} is -1 if it could not be run. */
    private record Said(int exitCode, String text) {}

    /** Asks whether it speaks the plan's level, and accepts the home's settings and database. */
    void ask(Findings findings, long level, Path home) throws InterruptedException {
        Said version = run("version", "-o", "json");
        long speaks = greatestLevel(version);
        findings.found(
                "level",
                speaks >= level,
                speaks > 0
                        ? "speaks up to %d, the plan wants %d".formatted(speaks, level)
                        : version.text);
        Said start = run("start", "--check-only", "--home", home.toString());
        boolean running = start.text.contains("STORE_IN_USE");
        findings.found(
                "home",
                start.exitCode == 0 || running,
                running
                        ? "settings and key are accepted; the running node has the database"
                        : firstLine(start.text));
    }

    private static long greatestLevel(Said version) {
        try {
            Fields fields = Fields.parse(version.text.getBytes(StandardCharsets.UTF_8));
            return fields.number("greatestLevel").orElse(version.exitCode == 0 ? 1L : 0L);
        } catch (IOException noJson) {
            return 0;
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("it said nothing");
    }

    private Said run(String... words) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream in = process.getInputStream()) {
                String text = new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
                boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return new Said(ended ? process.exitValue() : -1, text);
            } finally {
                process.destroy();
            }
        } catch (IOException impossible) {
            return new Said(-1, program + " cannot be run: " + impossible.getMessage());
        }
    }
}
