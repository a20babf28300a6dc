package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.e2e.Witan;
import org.witan.validator.e2e.deploy.Release;

/**
 * The pages of docs/operating that tell a story: every line behind a {@code $} in a block marked
 * {@code console} is run, in one shell, and must succeed; the lines under it must be said in their
 * order, where {@code …} stands for anything and any run of spaces for one. Ports 74xx and 84xx are
 * moved to free ones. A page that goes on where another one ends runs behind it.
 */
@Tag("fire")
class OperatingStoriesTest {
    private static final String MARK = "=== line ";
    private static final Duration DEADLINE = Duration.ofSeconds(240);

    @TempDir private Path folder;

    private final int base = Witan.freeBase(8);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add-and-remove.md audit-last-years-membership.md",
                "replace-a-stolen-key.md",
                "move-a-validator.md",
                "read-only-partner.md",
                "upgrade-while-one-refuses.md"
            })
    void aStoryRunsAsItStands(String names) throws Exception {
        List<Page.Step> steps = new ArrayList<>();
        for (String name : names.split(" ")) {
            steps.addAll(Page.of(name).steps());
        }
        if (steps.stream().anyMatch(step -> step.command().startsWith("old/bin/witan"))) {
            Release.ofLevelOne(folder.resolve("old"));
        }
        assertThat(steps).hasSizeGreaterThan(5);

        List<String> said = run(steps);

        assertThat(said).as("each ran: %s", said).hasSize(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            requireSaid(steps.get(i), said.get(i));
        }
    }

    /** What each command said, up to the first that failed. */
    private List<String> run(List<Page.Step> steps) throws Exception {
        StringBuilder script = new StringBuilder();
        for (Page.Step step : steps) {
            script.append("echo '").append(MARK).append("'\n").append(step.command()).append('\n');
        }
        try {
            String all = new Shell(folder, Map.of(), DEADLINE).run(moved(script.toString()));
            String[] parts = all.split(Pattern.quote(MARK), -1);
            return List.of(parts).subList(1, parts.length);
        } finally {
            end();
        }
    }

    /** Ports of the page to free ones. */
    private String moved(String text) {
        String there = swap(text, "\\b74(0[0-9])\\b", base);
        return swap(there, "\\b84(0[0-9])\\b", base + 1000);
    }

    private static String swap(String text, String ports, int base) {
        return Pattern.compile(ports)
                .matcher(text)
                .replaceAll(found -> Integer.toString(base + Integer.parseInt(found.group(1))));
    }

    /** Whatever the story left running. */
    private void end() throws IOException, InterruptedException {
        Path devnet = folder.resolve("devnet");
        if (Files.exists(devnet.resolve("genesis.json"))) {
            Witan.run("devnet", "down", "--dir", devnet);
        }
        for (String home : List.of("v5", "v1-reads", "p1", "p2", "g1")) {
            if (Files.exists(folder.resolve(home).resolve("witan.pid"))) {
                Witan.run("stop", "--home", folder.resolve(home), "--force");
            }
        }
    }

    private void requireSaid(Page.Step step, String said) {
        String text = said.replaceAll("\\s+", " ");
        int from = 0;
        for (String line : step.expected()) {
            Matcher found = pattern(moved(line)).matcher(text);
            assertThat(found.find(from))
                    .as("'%s' says '%s' in its order: %s", step.command(), line, said)
                    .isTrue();
            from = found.end();
        }
    }

    private static Pattern pattern(String line) {
        String[] parts = line.replaceAll("\\s+", " ").split("…", -1);
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : ".*?").append(Pattern.quote(parts[i].strip()));
        }
        return Pattern.compile(pattern.toString());
    }
}
