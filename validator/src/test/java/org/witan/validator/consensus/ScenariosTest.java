package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The table of scenarios in docs/testing.md is whole and true: every number has a row, and what the
 * row names exists and says that number itself.
 */
class ScenariosTest {
    private static final Path TABLE = Path.of("../docs/testing.md");
    private static final Path STORIES = Path.of("src/test/resources/org/witan/validator/consensus");
    private static final String PACKAGE = "org.witan.validator.";

    /** Number, what happens, and one or more tests. */
    private static final Pattern ROW =
            Pattern.compile("^\\| ([TL]?\\d+b?) \\| [^|]+ \\| ([^|]+) \\|$");

    private static final Pattern TEST = Pattern.compile("`([^`]+)`");

    @Test
    void everyNumberHasARow() throws IOException {
        List<String> wanted =
                Stream.of(
                                IntStream.rangeClosed(1, 65).mapToObj(n -> "" + n),
                                Stream.of("50b"),
                                IntStream.rangeClosed(1, 7).mapToObj(n -> "T" + n),
                                IntStream.rangeClosed(1, 9).mapToObj(n -> "L" + n))
                        .flatMap(numbers -> numbers)
                        .toList();
        assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void whatARowNamesSaysItsNumber() throws IOException {
        for (var row : rows().entrySet()) {
            assertThat(row.getValue()).as(row.getKey()).isNotEmpty();
            for (String test : row.getValue()) {
                assertThat(says(test, row.getKey()))
                        .as("%s is told by %s", row.getKey(), test)
                        .isTrue();
            }
        }
    }

    private static TreeMap<String, List<String>> rows() throws IOException {
        TreeMap<String, List<String>> rows = new TreeMap<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                List<String> tests =
                        TEST.matcher(row.group(2)).results().map(r -> r.group(1)).toList();
                assertThat(rows.put(row.group(1), tests)).as(line).isNull();
            }
        }
        return rows;
    }

    private static boolean says(String test, String number) throws IOException {
        return test.endsWith(".txt")
                ? storySays(STORIES.resolve(test), number)
                : methodSays(test, number);
    }

    /** In one of its comments, as a word. */
    private static boolean storySays(Path story, String number) throws IOException {
        Pattern word = Pattern.compile("\\b" + number + "\\b");
        return Files.readAllLines(story).stream()
                .anyMatch(line -> line.startsWith("#") && word.matcher(line).find());
    }

    /** {@code package.Class.method} below this module's package, by the name it is shown with. */
    private static boolean methodSays(String test, String number) {
        int dot = test.lastIndexOf('.');
        return Arrays.stream(type(test.substring(0, dot)).getDeclaredMethods())
                .filter(method -> method.getName().equals(test.substring(dot + 1)))
                .map(ScenariosTest::shownAs)
                .anyMatch(name -> name.matches("(D1 )?" + number + ":.*"));
    }

    private static String shownAs(Method method) {
        DisplayName name = method.getAnnotation(DisplayName.class);
        return name == null ? "" : name.value();
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(PACKAGE + name);
        } catch (ClassNotFoundException missing) {
            throw new AssertionError("no such test: " + name, missing);
        }
    }
}
