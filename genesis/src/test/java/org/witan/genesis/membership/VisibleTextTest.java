package org.witan.genesis.membership;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.PublicKey;

/** What names and reasons in the ledger may hold. */
class VisibleTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"Acme Ltd", "Ümlaut & Söhne", "有限公司", "a", "שלום"})
    void whatCanBeSeenIsTaken(String text) {
        assertThat(VisibleText.problem(text)).isEmpty();
        assertThat(VisibleText.nameProblem(text)).isEmpty();
        assertThat(decoded(text)).isInstanceOf(Decoded.Ok.class);
    }

    /** A new line, an escape, a turn of direction, a space of no width, a second colour code. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\u001b[2J", "Acme\u202e", "Ac\u200bme", "x\u009b2J", "\u007f"})
    void whatCannotBeSeenIsRefused(String text) {
        assertThat(VisibleText.problem(text)).contains("a text has no invisible characters");
        assertThat(VisibleText.nameProblem(text)).contains("a name has no invisible characters");
        assertThat(decoded(text)).isInstanceOf(Decoded.Bad.class);
    }

    @Test
    void aNameIsNeitherEmptyNorLongNorPadded() {
        assertThat(VisibleText.problem("")).isEmpty();
        assertThat(VisibleText.nameProblem("")).isPresent();
        assertThat(VisibleText.nameProblem("x".repeat(64))).isEmpty();
        assertThat(VisibleText.nameProblem("x".repeat(65))).isPresent();
        assertThat(VisibleText.nameProblem(" x")).isPresent();
        assertThat(VisibleText.nameProblem("x ")).isPresent();
    }

    private static Decoded<Organisation> decoded(String name) {
        PublicKey key = PublicKey.of(new byte[32]);
        byte[] bytes =
                Organisation.CODEC.encode(new Organisation(new NodeId("a"), name, 0, key, key));
        return Organisation.CODEC.decode(bytes);
    }
}
