package org.witan.validator.consensus.statespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tlc2.TLC;

/**
 * The same rules as {@link Model}, written down once more in TLA+ and searched by TLC, in processes
 * of its own: {@code docs/protocol/model}.
 */
@Tag("model")
class TlaTest {
    private static final Path MODULE =
            Path.of(System.getProperty("witan.root", "..")).resolve("docs/protocol/model");
    private static final Pattern COUNT = Pattern.compile("(\\d+) distinct states found, 0 states");
    private static final Pattern BROKEN = Pattern.compile("Invariant (P\\d) is violated");

    @TempDir private Path folder;

    @BeforeEach
    void copyTheModule() throws IOException {
        Files.copy(MODULE.resolve("Agreement.tla"), folder.resolve("Agreement.tla"));
    }

    /** Both searches visit the same states, each once before and once after the crash. */
    @Test
    void theRulesKeepEveryPromiseInAsManyStatesAsTheOtherSearchVisits() throws Exception {
        long states = 0;
        for (int first = 1; first <= 4; first++) {
            var turns = Model.turns(first, 4, 4);
            states += new Model(3, 2, 4, turns, Optional.empty()).search().states();
        }
        assertThat(distinct(search("Agreement", Map.of()))).isEqualTo(2 * states);
    }

    /** Views one after another leave nothing out: neither do they in any order. */
    @Test
    void theRulesKeepEveryPromiseInAnyOrder() throws Exception {
        assertThat(distinct(search("AnyOrder", Map.of()))).isGreaterThan(50_000);
    }

    @Test
    void fiveMembersNeedFourVotes() throws Exception {
        Map<String, String> five =
                Map.of(
                        "c = c", "c = c\n  d = d",
                        "{a, b, c}", "{a, b, c, d}",
                        "Views = 4", "Views = 2");
        assertThat(distinct(search("Agreement", five))).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "quorum,                 P2",
        "notarize once,          P2",
        "memory,                 P2",
        "finalize not nullified, P3",
        "nullify not finalized,  P3",
        "finalize notarized,     P4",
        "parent,                 P5",
        "gap,                    P5",
    })
    void everyGuardIsNeeded(String missing, String promise) throws Exception {
        String said = search("Agreement", without(missing));
        assertThat(BROKEN.matcher(said).results().map(found -> found.group(1)))
                .as(said)
                .containsExactly(promise);
    }

    /** No promise of these rests on it; accountability does. */
    @Test
    void oneGuardIsNot() throws Exception {
        Map<String, String> changes = new HashMap<>(without("notarize before nullify"));
        changes.put("Rotation = {1, 2, 3, 4}", "Rotation = {1}");
        assertThat(distinct(search("Agreement", changes))).isGreaterThan(30_000);
    }

    private static Map<String, String> without(String guard) {
        return Map.of("Missing = \"none\"", "Missing = \"" + guard + "\"");
    }

    private static long distinct(String said) {
        assertThat(said).contains("Model checking completed. No error has been found.");
        MatchResult found = COUNT.matcher(said).results().findFirst().orElseThrow();
        return Long.parseLong(found.group(1));
    }

    /** Runs TLC with a configuration in which each of these texts is replaced. */
    private String search(String configuration, Map<String, String> changes)
            throws IOException, InterruptedException, URISyntaxException {
        String text = Files.readString(MODULE.resolve(configuration + ".cfg"));
        for (Map.Entry<String, String> change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        Files.writeString(folder.resolve("Run.cfg"), text);
        Path tlc = Path.of(TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        String java = ProcessHandle.current().info().command().orElseThrow();
        Path said = folder.resolve("said.txt");
        List<String> command =
                List.of(
                        java,
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        tlc.toString(),
                        TLC.class.getName(),
                        "-workers",
                        "auto",
                        "-metadir",
                        folder.resolve("states").toString(),
                        "-config",
                        "Run.cfg",
                        "Agreement.tla");
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            process.waitFor();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }
}
