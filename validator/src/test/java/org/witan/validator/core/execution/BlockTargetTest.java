package org.witan.validator.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.Rules;

class BlockTargetTest {
    private static final int MOST = 4 << 20;
    private static final int LEAST = 512 << 10;

    /** Δ is 100 ms, so a body may take 200 ms. */
    private static final Rules RULES = new Rules(100, MOST, 4096, 20, 60, 1 << 16, 1000, 4);

    private static final long SLOW_MICROS = 200_001;
    private static final long FAST_MICROS = 200_000;

    private final BlockTarget target = new BlockTarget();

    private int after(int bodyBytes, long micros) {
        target.executed(bodyBytes, micros, RULES);
        return target.bytes(RULES);
    }

    @Test
    void beginsAtTheLimitOfTheRulesAndStaysThereWhileExecutionIsFast() {
        assertThat(target.bytes(RULES)).isEqualTo(MOST);
        assertThat(after(MOST, FAST_MICROS)).isEqualTo(MOST);
    }

    @Test
    void halvesWhatTookTooLongAndKeepsRoomForTheLargestTransaction() {
        assertThat(after(MOST, SLOW_MICROS)).isEqualTo(MOST / 2);
        assertThat(after(MOST / 2, SLOW_MICROS)).isEqualTo(MOST / 4);
        assertThat(after(1000, SLOW_MICROS)).isEqualTo(LEAST);
        assertThat(after(3, SLOW_MICROS)).isEqualTo(LEAST);
    }

    @Test
    void growsByATenthOnlyOnProofAndUpToTheLimit() {
        after(MOST, SLOW_MICROS);
        assertThat(after(1000, FAST_MICROS)).as("a small body proves nothing").isEqualTo(MOST / 2);
        assertThat(after(MOST / 2, FAST_MICROS)).isEqualTo(MOST / 2 + MOST / 20);
        for (int i = 0; i < 10; i++) {
            after(MOST, FAST_MICROS);
        }
        assertThat(target.bytes(RULES)).isEqualTo(MOST);
    }

    @Test
    void neverExceedsSmallerRules() {
        Rules small = new Rules(100, 64 << 10, 4096, 20, 60, 1 << 16, 1000, 4);
        target.executed(64 << 10, SLOW_MICROS, small);
        assertThat(target.bytes(small)).isEqualTo(64 << 10);
    }
}
