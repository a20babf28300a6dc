package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code docs/operating/runbooks.md} says that a command or a log says. */
final class Runbook {
    private static final Path BOOK = Path.of("../docs/operating/runbooks.md");

    private Runbook() {}

    /**
     * Whether a text has each line of a block, numbers, times, ids and "…" aside.
     *
     * @param first how a line of the block begins; a command, which is not looked for itself, or
     *     the first line of what is said
     */
    static boolean says(String text, String first) throws IOException {
        List<String> lines =
                Files.readString(BOOK, StandardCharsets.UTF_8)
                        .lines()
                        .dropWhile(line -> !line.startsWith(first))
                        .takeWhile(line -> !line.startsWith("```"))
                        .filter(line -> !line.startsWith("$"))
                        .toList();
        assertThat(lines).as("what the runbooks have behind %s", first).hasSizeGreaterThan(1);
        return lines.stream().allMatch(line -> pattern(line).matcher(text).find());
    }

    private static Pattern pattern(String line) {
        String any = "\\\\E[0-9:]+\\\\Q";
        String quoted = Pattern.quote(line.strip()).replaceAll("(?<![a-z])[0-9][0-9:]*", any);
        return Pattern.compile(
                quoted.replaceAll("\\bv[0-9]", "\\\\Ev[0-9]\\\\Q")
                        .replace("…", "\\E.*\\Q")
                        .replaceAll(" +", "\\\\E +\\\\Q"));
    }
}
