package org.witan.validator.link.dial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long who breaks the rules is kept out. */
class BanTest {
    private final Ban ban = new Ban();

    @Test
    void doublesToFiveMinutesAndNeverBeyond() {
        long now = -1_000_000;
        for (long length = 1_000; length <= 256_000; length *= 2) {
            assertThat(ban.isOn(now)).isFalse();
            assertThat(ban.begin(now)).isTrue();
            assertThat(ban.untilMillis() - now).isEqualTo(length);
            assertThat(ban.isOn(now + length - 1)).isTrue();
            now += length;
        }
        for (int i = 0; i < 3; i++) {
            assertThat(ban.begin(now)).isTrue();
            assertThat(ban.untilMillis() - now).isEqualTo(Ban.LONGEST_MILLIS);
            now = ban.untilMillis();
        }
    }

    @Test
    void whatIsFoundMeanwhileCountsOnce() {
        assertThat(ban.begin(0)).isTrue();
        assertThat(ban.begin(999)).isFalse();
        assertThat(ban.untilMillis()).isEqualTo(1_000);
    }

    @Test
    void isForgottenAfterGoodBehaviour() {
        assertThat(ban.begin(0)).isTrue();
        assertThat(ban.begin(1_000)).isTrue();
        assertThat(ban.begin(3_000 + Ban.FORGOTTEN_MILLIS)).isTrue();
        assertThat(ban.untilMillis()).isEqualTo(3_000 + Ban.FORGOTTEN_MILLIS + Ban.FIRST_MILLIS);
    }
}
