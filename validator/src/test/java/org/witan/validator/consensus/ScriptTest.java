package org.witan.validator.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.genesis.Golden;

/**
 * Stories of one engine, see {@link Script}.
 *
 * <p>Numbers in the comments are entries of the list in docs/protocol/consensus.md. {@code
 * -Drewrite=true} writes the effects anew, to be looked at before they are committed.
 */
class ScriptTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/witan/validator/consensus");

    static Stream<String> stories() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".txt"))
                            .sorted()
                            .toList();
            assertThat(names).hasSizeGreaterThan(10);
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("stories")
    void story(String name) throws IOException {
        List<String> lines = Files.readAllLines(FOLDER.resolve(name));
        Golden.text(ScriptTest.class, name, new Script().perform(lines));
    }
}
