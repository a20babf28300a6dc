package org.witan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A document that says what a test shows names one that is there. */
class NamedTestsTest {
    private static final Path ROOT = Path.of("..");

    /** {@code SomeTest}, {@code folder/SomeTest.method}; or {@code .method} of the one before. */
    private static final Pattern NAMED =
            Pattern.compile("`(?:[\\w/.…]*[/.])?([A-Z]\\w+Test)?(?:\\.([a-z]\\w+))?`");

    /** Kinds of files, which stand in quotes as methods of tests do. */
    private static final TreeSet<String> ENDINGS = new TreeSet<>(List.of("java", "md", "txt"));

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    /** All that stands in files of such a name, by the name of the class. */
    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new HashMap<>();
        for (String module : List.of("genesis", "chain-store", "catchup", "validator")) {
            for (Path file : files(module + "/src/test/java", "Test.java")) {
                String name = file.getFileName().toString().replace(".java", "");
                tests.merge(name, Files.readString(file, StandardCharsets.UTF_8), String::concat);
            }
        }
        return tests;
    }

    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        Map<String, String> tests = tests();
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : files("docs", ".md")) {
            String before = "";
            Matcher name = NAMED.matcher(Files.readString(document, StandardCharsets.UTF_8));
            while (name.find()) {
                before = name.group(1) == null ? before : name.group(1);
                String method = name.group(2) == null ? "" : name.group(2);
                boolean isNamed = name.group(1) != null || !method.isEmpty();
                if (!isNamed || before.isEmpty() || ENDINGS.contains(method)) {
                    continue;
                }
                named++;
                boolean isThere =
                        tests.containsKey(before)
                                && (method.isEmpty()
                                        || tests.getOrDefault(before, "").contains(method + "("));
                if (!isThere) {
                    missing.add(document + ": " + before + " " + name.group());
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(150);
    }
}
