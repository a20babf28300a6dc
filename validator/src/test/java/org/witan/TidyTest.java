package org.witan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits of form that every source keeps. They have no list of exemptions. */
class TidyTest {
    private static final int MAX_TYPES_PER_PACKAGE = 15;
    private static final Path MAIN = Path.of("genesis/src/main/java/org/witan/genesis/A.java");
    private static final Path TEST = Path.of("genesis/src/test/java/org/witan/genesis/A.java");

    @Test
    void everySourceIsTidy() throws IOException {
        List<SourceFile> files = SourceFile.all();
        List<String> broken = new ArrayList<>(packageBreaches(files));
        broken.addAll(TidyRules.breaches(files));
        assertThat(files).hasSizeGreaterThan(30);
        assertThat(broken).as("breaches of form").isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    package a; public class A {}                 | public type A without Javadoc
                    package a.util; class A {}                   | named 'util'
                    class A { void m(int a, int b, int c, int d, int e, int f) {} } | 6 parameters
                    class A { /* TO_DO */ }                      | unfinished work
                    class A { void m() { assertTrue(true); } }   | cannot fail
                    @Disabled class A {}                         | disabled test
                    """)
    void aBreachInMainSourcesIsFound(String text, String found) throws IOException {
        assertThat(breaches(MAIN, text.replace("TO_DO", "TO" + "DO")))
                .singleElement()
                .asString()
                .contains("A.java:1 ")
                .contains(found);
    }

    @Test
    void limitsOfSizeAreExact() throws IOException {
        assertThat(breaches(MAIN, "class A { }" + "\n".repeat(300))).isEmpty();
        assertThat(breaches(MAIN, "class A { }" + "\n".repeat(301))).isNotEmpty();
        assertThat(breaches(TEST, "class A { }" + "\n".repeat(500))).isEmpty();
        assertThat(breaches(TEST, "class A { }" + "\n".repeat(501))).isNotEmpty();
        assertThat(breaches(MAIN, "// " + "x".repeat(97))).isEmpty();
        assertThat(breaches(MAIN, "// " + "x".repeat(98))).isNotEmpty();
        assertThat(breaches(MAIN, "class A {\n@B\nvoid m() {" + "\n".repeat(39) + "}}")).isEmpty();
        assertThat(breaches(MAIN, "class A {\nvoid m() {" + "\n".repeat(40) + "}}")).isNotEmpty();
    }

    @Test
    void aRecordMayHaveManyComponents() throws IOException {
        String header = "record A(int a, int b, int c, int d, int e, int f) {\n";
        assertThat(breaches(MAIN, header + " A {} }")).isEmpty();
        assertThat(breaches(MAIN, header + " A(int a, int b, int c, int d, int e, int f) {} }"))
                .isEmpty();
    }

    @Test
    void aTestMayNotSleep() throws IOException {
        String naps = "class A { void m() { Thread.sleep(1); TimeUnit.SECONDS.sleep(1); } }";
        assertThat(breaches(TEST, naps)).hasSize(2);
        assertThat(breaches(MAIN, naps)).isEmpty();
    }

    @Test
    void aPackageNeedsItsInfoAndStaysSmall() throws IOException {
        List<SourceFile> files = new ArrayList<>();
        for (int i = 0; i <= MAX_TYPES_PER_PACKAGE; i++) {
            files.add(new SourceFile(MAIN.resolveSibling("A" + i + ".java"), ""));
        }
        assertThat(packageBreaches(files)).hasSize(2);
        files.removeLast();
        assertThat(packageBreaches(files)).singleElement().asString().contains("package-info");
        files.add(new SourceFile(MAIN.resolveSibling("package-info.java"), ""));
        assertThat(packageBreaches(files)).isEmpty();
        assertThat(breaches(MAIN.resolveSibling("package-info.java"), "package a;")).hasSize(1);
    }

    private static List<String> breaches(Path path, String text) throws IOException {
        return TidyRules.breaches(List.of(new SourceFile(path, text)));
    }

    /** The rules that need all files of a package; a test shares the info of what it tests. */
    private static List<String> packageBreaches(List<SourceFile> files) {
        Map<Path, Integer> types = new TreeMap<>();
        Set<String> described = new TreeSet<>();
        for (SourceFile file : files) {
            if (file.isPackageInfo()) {
                described.add(packageOf(file.folder()));
            } else {
                types.merge(file.folder(), 1, Integer::sum);
            }
        }
        List<String> broken = new ArrayList<>();
        types.forEach((folder, count) -> {
            if (count > MAX_TYPES_PER_PACKAGE) {
                broken.add(folder + " holds " + count + " types: split it");
            }
            if (!described.contains(packageOf(folder))) {
                broken.add(folder + " has no package-info.java");
            }
        });
        return broken;
    }

    private static String packageOf(Path folder) {
        return folder.toString().replaceFirst(".*[/\\\\]java[/\\\\]", "");
    }
}
