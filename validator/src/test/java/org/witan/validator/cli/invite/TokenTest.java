package org.witan.validator.cli.invite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** The word that an invitation is sent as: held still, and read from whatever arrives. */
final class TokenTest {
    private static final String WORD =
            "witan1-AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                    + "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADAAABoMRQbAAAAAECdjEAFHdzO"
                    + "i8vdjEuZXhhbXBsZTo3NDAw_K9TOw";

    static final Token TOKEN =
            new Token(
                    new NetworkId(Hash.NONE),
                    new byte[SigningKey.SEED_BYTES],
                    Role.OBSERVER,
                    1_790_000_000_000L,
                    "",
                    List.of(new Token.Ask(new NodeId("v1"), new Endpoint("v1.example", 7400))));

    @Test
    void theWordIsHeldStill() {
        assertThat(TOKEN.text()).isEqualTo(WORD);
        Token read = Token.parse(" " + WORD + "\n");
        assertThat(read.text()).isEqualTo(WORD);
        assertThat(read.role()).isEqualTo(Role.OBSERVER);
        assertThat(read.ask().getFirst()).hasToString("v1@ws://v1.example:7400");
        assertThat(TOKEN.toString()).as("secrets are not shown").doesNotContain(WORD);
    }

    /** Each part of it is missing, doubled or another once; nothing but the word is the word. */
    @Test
    void aWordThatIsNotWholeIsRefused() {
        for (int i = 0; i < WORD.length(); i++) {
            refused(WORD.substring(0, i));
            refused(WORD.substring(0, i) + WORD.charAt(i) + WORD.substring(i));
            char other = WORD.charAt(i) == 'A' ? 'B' : 'A';
            refused(WORD.substring(0, i) + other + WORD.substring(i + 1));
        }
        refused(WORD + "==");
        refused(WORD.substring(0, WORD.length() - 1) + "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "witan1-", "witan1-AAAA", "witan2-AAAA", "\u0000", "witan1-%%%"})
    void whatIsNoWordIsRefused(String text) {
        refused(text);
        refused(text + "A".repeat(100_000));
    }

    @Test
    void itIsForOneNetwork() {
        byte[] other = new byte[32];
        other[31] = 1;
        TOKEN.require(TOKEN.network());
        assertThatThrownBy(() -> TOKEN.require(new NetworkId(Hash.of(other))))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> {
                            assertThat(error.code()).isEqualTo("WRONG_NETWORK");
                            assertThat(error.exitCode()).isEqualTo(ExitCode.VERIFICATION_FAILED);
                            assertThat(error.why()).contains(TOKEN.words());
                        });
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> Token.parse(text))
                .isInstanceOfSatisfying(
                        OperatorError.class,
                        error -> assertThat(error.code()).isEqualTo("BAD_INVITATION"));
    }
}
