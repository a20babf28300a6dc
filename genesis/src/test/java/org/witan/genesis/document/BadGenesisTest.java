package org.witan.genesis.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.genesis.json.StrictJson;

/** Every bad file is refused with a sentence, at little cost; no file makes the reader throw. */
class BadGenesisTest {
    private static final Path FOLDER = Path.of("src/test/resources", "org/witan/genesis/document");
    private static final long MAX_NANOS = 50_000_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * The golden file with one place changed.
     *
     * @param name what is wrong
     * @param from what is replaced
     * @param to by what
     * @param sentence part of what must be said
     */
    record Case(String name, String from, String to, String sentence) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void warmUp() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(GenesisFileTest.problems(golden().getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    static List<Case> cases() throws Exception {
        List<Case> cases = new ArrayList<>();
        String text = Files.readString(FOLDER.resolve("bad-genesis.txt"));
        for (String block : text.split("\n\n", -1)) {
            String[] lines = block.strip().split("\n", -1);
            if (lines.length == 4) {
                cases.add(
                        new Case(
                                lines[0].substring(2),
                                content(lines[1]),
                                content(lines[2]),
                                content(lines[3])));
            }
        }
        assertThat(cases).hasSizeGreaterThan(80);
        return cases;
    }

    private static String content(String line) {
        return line.length() < 2 ? "" : line.substring(2).replace("¶", "\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void isRefusedWithASentence(Case one) throws Exception {
        String golden = golden();
        int at = golden.indexOf(one.from);
        assertThat(at).as("the place to change").isNotNegative();
        String bad = golden.substring(0, at) + one.to + golden.substring(at + one.from.length());
        long before = THREADS.getCurrentThreadCpuTime();
        List<String> problems = GenesisFileTest.problems(bad.getBytes(StandardCharsets.UTF_8));
        assertThat(THREADS.getCurrentThreadCpuTime() - before).isLessThan(MAX_NANOS);
        assertThat(problems).isNotEmpty().anyMatch(problem -> problem.contains(one.sentence));
        assertThat(problems).allMatch(problem -> problem.length() < 300);
    }

    @Test
    void survivesCutsAndRandomChanges() throws Exception {
        byte[] golden = golden().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < golden.length - 2; length += 97) {
            assertThat(GenesisFileTest.problems(Arrays.copyOf(golden, length))).isNotEmpty();
        }
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] changed = golden.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            GenesisFileTest.problems(changed);
        }
    }

    /** The most expensive documents of the greatest size, each within a second of one core. */
    @Test
    void boundsTheCostOfLargeDocuments() {
        String key = "\"" + "k".repeat(100);
        StringBuilder fields = new StringBuilder("{");
        for (int i = 0; fields.length() < StrictJson.MAX_BYTES - 200; i++) {
            fields.append(i == 0 ? "" : ",").append(key).append(i).append("\":0");
        }
        for (String document :
                List.of(
                        fields.append('}').toString(),
                        "{\"body\":{\"validators\":[" + "{},".repeat(300_000) + "{}]}}",
                        "{\"body\":{\"validators\":[" + "null,".repeat(200_000) + "0]}}",
                        "{\"body\":\"" + "\\u0041".repeat(170_000) + "\"}",
                        "{\"a\":" + "9".repeat(1_000_000) + "}",
                        "[".repeat(1_000_000),
                        "{\"a\":{".repeat(170_000))) {
            long before = THREADS.getCurrentThreadCpuTime();
            List<String> problems =
                    GenesisFileTest.problems(document.getBytes(StandardCharsets.UTF_8));
            assertThat(THREADS.getCurrentThreadCpuTime() - before).isLessThan(1_000_000_000);
            assertThat(problems).isNotEmpty().hasSizeLessThan(102);
        }
    }

    private static String golden() throws Exception {
        return Files.readString(FOLDER.resolve("genesis.json"));
    }
}
