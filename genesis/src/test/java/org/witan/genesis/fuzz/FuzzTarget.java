package org.witan.genesis.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;

/**
 * Something that takes bytes of strangers, and must take any.
 *
 * <p>Its inputs stand in {@code src/test/resources/<package>/<Target>Inputs}: those that {@link
 * #seeds} makes (by {@code -Drewrite=true}), and whatever a run of the fuzzer found to be wrong,
 * which Jazzer puts there by itself. One target is one class, so that each is fuzzed in a process
 * of its own.
 */
public abstract class FuzzTarget {
    private static final String SEED = "seed-";
    private static final Path CLASSES = Path.of("target", "test-classes");

    /** Takes any input; throws only if a promise is broken. */
    protected abstract void take(byte[] input) throws Exception;

    /** Inputs that go deep, by name. */
    protected abstract Map<String, byte[]> seeds();

    /** An input whose first byte says what the others are. */
    protected static byte[] seed(int kind, byte[] bytes) {
        byte[] seed = new byte[bytes.length + 1];
        seed[0] = (byte) kind;
        System.arraycopy(bytes, 0, seed, 1, bytes.length);
        return seed;
    }

    /** Jazzer looks for inputs and writes findings in the folder of the module of the target. */
    @BeforeAll
    static void setFolderOfFindings(TestInfo target) throws URISyntaxException {
        Path classes = Path.of(codeSource(target.getTestClass().orElseThrow()));
        if (classes.endsWith(CLASSES)) {
            Path module = classes.resolveSibling("..").normalize();
            System.setProperty("jazzer.internal.basedir", module.toString());
        }
    }

    private static URI codeSource(Class<?> type) throws URISyntaxException {
        return type.getProtectionDomain().getCodeSource().getLocation().toURI();
    }

    @Tag("fuzz")
    @FuzzTest
    void fuzz(byte[] input) throws Exception {
        take(input);
    }

    @TestFactory
    Stream<DynamicTest> committedInputsAreTaken() throws IOException {
        List<Path> inputs = inputs();
        assertThat(inputs).isNotEmpty();
        return inputs.stream()
                .map(file ->
                        DynamicTest.dynamicTest(
                                file.getFileName().toString(),
                                () -> take(Files.readAllBytes(file))));
    }

    @Test
    void noInputIsTaken() throws Exception {
        take(new byte[0]);
    }

    @Test
    void seedsAreWhatTheyAreMadeFrom() throws IOException {
        Map<String, byte[]> seeds = seeds();
        if (Boolean.getBoolean("rewrite")) {
            write(seeds);
        }
        List<String> names =
                inputs().stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith(SEED))
                        .toList();
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        seeds.keySet().stream().map(name -> SEED + name).toList());
        for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
            assertThat(Files.readAllBytes(folder().resolve(SEED + seed.getKey())))
                    .as(seed.getKey())
                    .isEqualTo(seed.getValue());
        }
    }

    private void write(Map<String, byte[]> seeds) throws IOException {
        Files.createDirectories(folder());
        for (Path file : inputs()) {
            if (file.getFileName().toString().startsWith(SEED)) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
            Files.write(folder().resolve(SEED + seed.getKey()), seed.getValue());
        }
    }

    private List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.sorted().toList();
        }
    }

    private Path folder() {
        return Path.of(
                "src/test/resources",
                getClass().getPackageName().replace('.', '/'),
                getClass().getSimpleName() + "Inputs",
                "fuzz");
    }
}
