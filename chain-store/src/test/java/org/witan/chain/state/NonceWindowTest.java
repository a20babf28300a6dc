package org.witan.chain.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.genesis.codec.Decoded;

/** A nonce is used once, whatever the order. */
final class NonceWindowTest {
    @Test
    void anUnusedWindowTakesAnyNonce() {
        assertThat(NonceWindow.UNUSED.hasUsed(0)).isFalse();
        assertThat(NonceWindow.UNUSED.hasUsed(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void spansExactly1024() {
        NonceWindow window = NonceWindow.UNUSED.use(5000);
        assertThat(window.lowest()).isEqualTo(3977);
        assertThat(window.hasUsed(3977)).isFalse();
        assertThat(window.hasUsed(3976)).isTrue();
        assertThat(window.hasUsed(5000)).isTrue();
        assertThat(window.hasUsed(5001)).isFalse();
        assertThat(window.use(3977).hasUsed(3977)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 63, 64, 65, 1000, 1023, 1024, 5000})
    void isASetThatForgetsOnlyWhatIsTooOld(long seed) {
        Random random = new Random(seed);
        NonceWindow window = NonceWindow.UNUSED;
        Set<Long> used = new HashSet<>();
        long highest = -1;
        for (int i = 0; i < 3000; i++) {
            long nonce = Math.max(0, highest + random.nextLong(-1100, seed));
            boolean expected = nonce <= highest - NonceWindow.SIZE || used.contains(nonce);
            assertThat(window.hasUsed(nonce))
                    .as("nonce %d of %s", nonce, window)
                    .isEqualTo(expected);
            if (!expected) {
                window = window.use(nonce);
                used.add(nonce);
                highest = Math.max(highest, nonce);
                assertThat(NonceWindow.CODEC.decode(NonceWindow.CODEC.encode(window)).orThrow())
                        .isEqualTo(window);
            }
        }
        assertThat(window.highest()).isEqualTo(highest);
    }

    @Test
    void refusesWhatHasAnotherEncoding() {
        byte[] good = NonceWindow.CODEC.encode(NonceWindow.UNUSED.use(2));
        assertThat(good).hasSize(11);
        byte[] longer = java.util.Arrays.copyOf(good, 12);
        longer[9] = 2;
        assertBad(longer, "a bitmap that is not minimal or without its first bit");
        byte[] without = good.clone();
        without[10] = 2;
        assertBad(without, "a bitmap that is not minimal or without its first bit");
        byte[] below = good.clone();
        below[10] = 0x0f;
        assertBad(below, "a bit for a nonce below 0");
    }

    private static void assertBad(byte[] bytes, String why) {
        assertThat(NonceWindow.CODEC.decode(bytes))
                .isInstanceOfSatisfying(
                        Decoded.Bad.class, bad -> assertThat(bad.why()).isEqualTo(why));
    }
}
