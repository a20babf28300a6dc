package org.witan.validator.consensus.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.crypto.Signature;

/** What is remembered of signatures, and whose turn it is. */
class SignaturesAndLeadersTest {
    private static final PublicKey KEY = PublicKey.of(new byte[PublicKey.SIZE_BYTES]);
    private static final Purpose PURPOSE = Purpose.values()[0];

    private final List<Signature> asked = new ArrayList<>();
    private boolean verdict = true;
    private final VerifiedSignatures signatures =
            new VerifiedSignatures((key, purpose, content, signature) -> {
                asked.add(signature);
                return verdict;
            });

    private static Signature signature(int number) {
        byte[] bytes = new byte[64];
        bytes[0] = (byte) number;
        bytes[1] = (byte) (number >>> 8);
        return Signature.of(bytes);
    }

    private boolean verify(int content, int signature) {
        return signatures.verify(KEY, PURPOSE, new byte[] {(byte) content}, signature(signature));
    }

    @Test
    void whatHeldIsNotCheckedAgainWhatDidNotIs() {
        assertThat(verify(1, 1)).isTrue();
        assertThat(verify(1, 1)).isTrue();
        assertThat(asked).hasSize(1);
        verdict = false;
        assertThat(verify(2, 1)).as("the same signature under another content").isFalse();
        assertThat(verify(2, 1)).isFalse();
        assertThat(asked).hasSize(3);
        assertThat(verify(1, 1)).isTrue();
    }

    @Test
    void theOldestOf4097IsForgotten() {
        for (int i = 0; i < 4_096; i++) {
            verify(1, i);
        }
        verify(1, 0);
        assertThat(asked).hasSize(4_096);
        verify(1, 4_096);
        verify(1, 1);
        assertThat(asked).hasSize(4_097);
        verify(1, 0);
        assertThat(asked).hasSize(4_098);
    }

    @Test
    void leadersGoRoundFromAPlaceThatTheBoundaryGives() {
        Hash boundary = Hash.ofHex("01020304" + "ff".repeat(28));
        Leaders leaders = Leaders.of(7, boundary);
        for (int view = 1; view < 20; view++) {
            assertThat(leaders.at(view)).isEqualTo((0x01020304 + view - 1) % 7);
        }
        assertThat(Leaders.of(7, Hash.NONE).at(1)).isZero();
    }
}
