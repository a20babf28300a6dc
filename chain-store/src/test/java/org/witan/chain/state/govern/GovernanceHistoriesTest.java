package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random histories of governance keep what the rules promise, whatever organisations and members
 * try.
 */
final class GovernanceHistoriesTest {
    /** Fixed in every build; {@code -Dseeds=10000} for more, {@code -Dseed=17} replays one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 12));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        GovernanceHistory history = new GovernanceHistory(seed);
        for (int block = 0; block < 120; block++) {
            history.step();
        }
        history.decideOnceMore();
    }

    @Test
    void historiesAreFullOfEvents() {
        GovernanceHistory history = new GovernanceHistory(1);
        for (int block = 0; block < 200; block++) {
            history.step();
        }
        assertThat(history.applied()).as("changes applied").isGreaterThan(5);
        assertThat(history.refused()).as("operations refused").isGreaterThan(50);
        assertThat(history.redeemed()).as("invitations used").isGreaterThan(5);
    }

    @Test
    void anInvitationThatWorksTwiceIsNoticed() {
        assertThatThrownBy(
                        () -> {
                            for (long seed = 0; seed < 12; seed++) {
                                GovernanceHistory history = new GovernanceHistory(seed);
                                history.seeing(ForgetfulState::ofInvitations);
                                for (int block = 0; block < 120; block++) {
                                    history.step();
                                }
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("once");
    }

    @Test
    void somePlansAreFinalised() {
        int finalised = 0;
        for (long seed = 1; seed <= 12; seed++) {
            GovernanceHistory history = new GovernanceHistory(seed);
            for (int block = 0; block < 120; block++) {
                history.step();
            }
            finalised += history.finalised();
        }
        assertThat(finalised).isPositive();
    }
}
