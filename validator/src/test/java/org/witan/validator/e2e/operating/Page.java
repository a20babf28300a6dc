package org.witan.validator.e2e.operating;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/operating}, whose commands are run as they stand. */
final class Page {
    private static final Path DOCUMENTS = Path.of("..", "docs", "operating");
    private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\n(.*?)^```$");

    private final String text;

    private Page(String text) {
        this.text = text;
    }

    /**
     * A line behind a {@code $} in a block marked {@code console}.
     *
     * @param command the line
     * @param expected the lines under it: what it says, in their order, stripped
     */
    record Step(String command, List<String> expected) {}

    /** The page of a file. */
    static Page of(String file) throws IOException {
        return new Page(Files.readString(DOCUMENTS.resolve(file)));
    }

    /** All its steps. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        boolean console = false;
        for (String line : text.lines().toList()) {
            if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (console && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (console) {
                steps.getLast().expected().add(line.strip());
            }
        }
        return steps;
    }

    /** The blocks marked {@code sh} of the section {@code ## NUMBER.}, at least one. */
    List<String> blocks(int number) {
        int start = text.indexOf("\n## " + number + ". ");
        assertThat(start).as("section %d", number).isPositive();
        Matcher block = SHELL.matcher(text.substring(start, text.indexOf("\n## ", start + 1)));
        List<String> blocks = block.results().map(found -> found.group(1)).toList();
        assertThat(blocks).as("commands of section %d", number).isNotEmpty();
        return blocks;
    }
}
