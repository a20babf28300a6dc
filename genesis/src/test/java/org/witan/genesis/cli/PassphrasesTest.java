package org.witan.genesis.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.keyfile.Passphrase;

/** A file comes before the environment, and a question comes last and only to a person. */
class PassphrasesTest {
    private static final Path KEY = Path.of("node.key");

    @TempDir Path dir;

    private final List<String> questions = new ArrayList<>();

    @Test
    void prefersTheFileThatAnOptionNames() {
        Path file = dir.resolve("pass");
        Passphrase made = Passphrase.random(new SecureRandom());
        made.createFile(file);
        Passphrase given = with("environment").forOpening(KEY, Optional.of(file));
        assertThat(given.isSameAs(made)).isTrue();
    }

    @Test
    void takesTheEnvironmentBeforeAsking() {
        Passphrase given = with("environment", "typed").forOpening(KEY, Optional.empty());
        assertThat(given.isSameAs(passphrase("environment"))).isTrue();
        assertThat(questions).isEmpty();
    }

    @Test
    void asksAPersonOnceToOpenAndTwiceToMake() {
        Passphrase opened = with(null, "typed").forOpening(KEY, Optional.empty());
        assertThat(opened.isSameAs(passphrase("typed"))).isTrue();
        assertThat(questions).containsExactly("passphrase of node.key");
        Passphrase made = with(null, "typed", "typed").forMaking(KEY, "OTHER", Optional.empty());
        assertThat(made.isSameAs(passphrase("typed"))).isTrue();
        assertThatThrownBy(() -> with(null, "typed", "typo").forMaking(KEY, "O", Optional.empty()))
                .extracting("code")
                .isEqualTo("PASSPHRASE_MISTYPED");
    }

    @Test
    void failsWhereThereIsNobodyToAsk() {
        assertThatThrownBy(() -> with(null).forOpening(KEY, Optional.empty()))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> {
                            assertThat(error.code()).isEqualTo("PASSPHRASE_NEEDED");
                            assertThat(error.exitCode()).isEqualTo(ExitCode.USAGE);
                        });
    }

    private Passphrases with(@Nullable String environment, String... typed) {
        Deque<String> answers = new ArrayDeque<>(List.of(typed));
        return new Passphrases(
                name -> name.equals(Passphrases.VARIABLE) ? environment : null,
                question -> {
                    questions.add(question);
                    String answer = answers.poll();
                    return answer == null ? null : answer.toCharArray();
                });
    }

    private static Passphrase passphrase(String text) {
        return Passphrase.owning(text.toCharArray());
    }
}
