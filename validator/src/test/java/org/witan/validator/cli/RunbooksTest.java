package org.witan.validator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What the runbooks quote is what the program says: every code, sentence, event, command, option
 * and test in {@code docs/operating/runbooks.md} is looked up where it comes from.
 */
class RunbooksTest {
    private static final Path BOOK = Path.of("../docs/operating/runbooks.md");
    private static final Pattern CODE = Pattern.compile("\\b[A-Z]{2,}(?:_[A-Z]+)+\\b");
    private static final Pattern SPAN = Pattern.compile("`([^`\n]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w+Test)(?:\\.(\\w+))?");
    private static final Pattern EVENT = Pattern.compile("[a-z]+(?:[-_][a-z]+)+");
    private static final Pattern VARIABLE =
            Pattern.compile(
                    "…|\\bone\\b|[\"'|]|\\b[A-Z]\\b(?:/\\S*)?|\\b\\w+=|\\bv?\\d[\\w:./-]*|ws://\\S*"
                            + "|[\\[\\](){}:;,]|\\. |\\.$");

    /** Words of others, and names of files. */
    private static final Set<String> ELSEWHERE =
            Set.of(
                    "No space left on device",
                    "checksum mismatch",
                    "db.broken",
                    "high-water.mark",
                    "store",
                    "store/db",
                    "store/high-water.mark",
                    "D",
                    "D/store/high-water.mark",
                    "D/store");

    private static final Set<String> TOOLS =
            Set.of("cp", "mv", "mkdir", "df", "dmesg", "smartctl", "fallocate");

    private static String book = "";
    private static String program = "";
    private static String tests = "";

    @BeforeAll
    static void read() throws IOException {
        book = Files.readString(BOOK, StandardCharsets.UTF_8);
        // A sentence that is broken over several literals is one.
        program = sources("src/main/java").replaceAll("\"\\s*\\+\\s*\"", "");
        tests = sources("src/test/java");
    }

    private static String sources(String folder) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : List.of("genesis", "chain-store", "catchup", "validator")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, folder))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                    if (!file.endsWith("RunbooksTest.java")) {
                        all.append(Files.readString(file, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return all.toString();
    }

    /** Each code is the program's, and some test sees it said. */
    @Test
    void codesAreThoseOfTheProgram() {
        Set<String> codes = new TreeSet<>();
        Matcher code = CODE.matcher(book);
        while (code.find()) {
            codes.add(code.group());
        }
        assertThat(codes).hasSizeGreaterThan(7);
        for (String one : codes) {
            assertThat(program.contains(one)).as("%s in the program", one).isTrue();
            assertThat(tests.contains(one)).as("%s in a test", one).isTrue();
        }
    }

    @Test
    void testsThatAreNamedExist() {
        Matcher test = TEST.matcher(book);
        List<String> named = new ArrayList<>();
        while (test.find()) {
            named.add(test.group());
            assertThat(tests).as(test.group()).contains("class " + test.group(1) + " ");
            if (test.group(2) != null) {
                assertThat(tests).as(test.group()).contains("void " + test.group(2) + "(");
            }
        }
        assertThat(named).hasSizeGreaterThan(6);
    }

    /** Each section but the table says which tests hold it. */
    @Test
    void everyRunbookNamesItsTests() {
        String[] sections = book.split("\n## ");
        assertThat(sections).hasSizeGreaterThan(6);
        for (int i = 1; i < sections.length; i++) {
            assertThat(TEST.matcher(sections[i]).find()).as(sections[i]).isTrue();
        }
    }

    @Test
    void commandsAndOptionsExist() {
        List<String> commands = new ArrayList<>();
        for (String quoted : quoted()) {
            if (quoted.startsWith("witan ")) {
                commands.add(quoted);
                parse(quoted);
            }
        }
        assertThat(commands).hasSizeGreaterThan(12);
    }

    private static void parse(String command) {
        CommandLine at = Main.commandLine();
        for (String word : command.split(" ")) {
            if (word.startsWith("-")) {
                assertThat(at.getCommandSpec().optionsMap()).as(command).containsKey(word);
            } else if (at.getSubcommands().containsKey(word)) {
                at = at.getSubcommands().get(word);
            } else {
                boolean isPlaceholder =
                        word.equals("witan") || word.matches("[A-Z]+|json|\\S+\\.json|http://\\S+");
                assertThat(isPlaceholder).as("%s in %s", word, command).isTrue();
            }
        }
    }

    /** All that is neither a command, a test, a file nor of others is said by the program. */
    @Test
    void sentencesAreThoseOfTheProgram() {
        int sentences = 0;
        for (String quoted : quoted()) {
            String first = quoted.split(" ", 2)[0];
            boolean said =
                    !ELSEWHERE.contains(quoted)
                            && !TOOLS.contains(first)
                            && !first.equals("witan")
                            && !TEST.matcher(quoted).matches();
            if (said) {
                sentences++;
                for (String part : VARIABLE.split(quoted)) {
                    assertSaid(part.strip(), quoted);
                }
            }
        }
        assertThat(sentences).isGreaterThan(25);
    }

    private static void assertSaid(String part, String quoted) {
        if (part.length() < 4 || ELSEWHERE.contains(part)) {
            return;
        }
        boolean known = program.contains(part);
        if (EVENT.matcher(part).matches()) {
            String name = part.replaceFirst("^(link|consensus)-", "");
            String constant = name.replace('-', '_').toUpperCase(Locale.ROOT);
            known |= program.contains(name) || program.contains(constant);
        }
        assertThat(known).as("\"%s\" of: %s", part, quoted).isTrue();
    }

    /** What stands in quotes of code: spans, and lines of blocks. */
    private static List<String> quoted() {
        List<String> quoted = new ArrayList<>();
        boolean block = false;
        for (String line : book.split("\n")) {
            if (line.startsWith("```")) {
                block = !block;
            } else if (block) {
                quoted.add(line.strip().replaceFirst("^(\\$|ERROR EVENT) ", ""));
            } else {
                Matcher span = SPAN.matcher(line);
                while (span.find()) {
                    quoted.add(span.group(1).strip());
                }
            }
        }
        return quoted;
    }
}
