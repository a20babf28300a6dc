package org.witan.validator.node.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What happens again and again is said once a minute. */
class RepeatsTest {
    private final Repeats repeats = new Repeats();

    @Test
    void theFirstTimeIsSaidAtOnceAndLaterOnesTogether() {
        assertThat(repeats.times("a", 5_000)).isEqualTo(1);
        for (int second = 6; second < 65; second++) {
            assertThat(repeats.times("a", second * 1_000L)).isZero();
        }
        assertThat(repeats.times("a", 65_000)).isEqualTo(60);
        assertThat(repeats.times("a", 66_000)).isZero();
    }

    @Test
    void whatIsNewIsSaidBetween() {
        assertThat(repeats.times("a", 5_000)).isEqualTo(1);
        assertThat(repeats.times("b", 5_000)).isEqualTo(1);
        assertThat(repeats.times("a", 5_000)).isZero();
    }

    @Test
    void onlyTheLatestAreRemembered() {
        for (int i = 0; i < 256; i++) {
            assertThat(repeats.times(i, 5_000)).isEqualTo(1);
        }
        assertThat(repeats.times(0, 5_000)).as("used last now").isZero();
        assertThat(repeats.times(256, 5_000)).isEqualTo(1);
        assertThat(repeats.times(0, 5_000)).isZero();
        assertThat(repeats.times(1, 5_000)).as("forgotten").isEqualTo(1);
    }
}
