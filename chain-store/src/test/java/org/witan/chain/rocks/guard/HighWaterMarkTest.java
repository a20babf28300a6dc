package org.witan.chain.rocks.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.PersistPoint;

/** What a node promised at most only grows, and one torn slot takes nothing of it (D6). */
class HighWaterMarkTest {
    private static final int SLOT_BYTES = 4096;
    private static final Mark FIRST =
            new Mark(0, "00".repeat(16), 1, 0, Optional.empty(), 5, Hash.NONE);

    @TempDir Path folder;
    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("mark");
    }

    private static Ballot ballot(VoteKind kind, long epoch, long view) {
        return new Ballot(kind, epoch, Hash.NONE, view, Hash.NONE);
    }

    private Mark read() {
        try (HighWaterMark mark = HighWaterMark.open(path).orElseThrow()) {
            return mark.mark();
        }
    }

    private void damage(int slot) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        bytes[slot * SLOT_BYTES + 20] ^= 1;
        Files.write(path, bytes);
    }

    @Test
    void theHighestBallotCounts() {
        Ballot high = ballot(VoteKind.NOTARIZE, 2, 7);
        Mark mark = FIRST.voted(high);
        assertThat(mark.highest()).contains(high);
        assertThat(mark.voted(ballot(VoteKind.NULLIFY, 2, 6)).highest()).contains(high);
        assertThat(mark.voted(ballot(VoteKind.NULLIFY, 1, 9)).highest()).contains(high);
        for (Ballot later :
                new Ballot[] {
                    ballot(VoteKind.FINALIZE, 2, 7),
                    ballot(VoteKind.NOTARIZE, 2, 8),
                    ballot(VoteKind.NOTARIZE, 3, 1)
                }) {
            assertThat(mark.voted(later).highest()).contains(later);
            assertThat(mark.voted(later).votes()).isEqualTo(2);
        }
    }

    @Test
    void theCommittedHeightNeverGoesBack() {
        Hash other = Hash.of(new byte[Hash.SIZE_BYTES]);
        assertThat(FIRST.committed(4, other)).isSameAs(FIRST);
        assertThat(FIRST.committed(5, other)).isSameAs(FIRST);
        assertThat(FIRST.committed(6, other).height()).isEqualTo(6);
        assertThat(FIRST.booted().boots()).isEqualTo(2);
    }

    @Test
    void onlyTheMarkOfALostHomeIsLost() {
        assertThat(FIRST.isLost()).isFalse();
        assertThat(FIRST.voted(ballot(VoteKind.NULLIFY, 0, 1)).isLost()).isFalse();
        assertThat(FIRST.voted(Mark.LOST).isLost()).isTrue();
    }

    @Test
    void aFreshOneStandsInBothSlots() throws IOException {
        HighWaterMark.create(path, FIRST).close();
        byte[] fresh = Files.readAllBytes(path);
        assertThat(fresh).hasSize(2 * SLOT_BYTES);
        for (int slot = 0; slot < 2; slot++) {
            Files.write(path, fresh);
            damage(slot);
            assertThat(read().height()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aTornSlotLeavesTheOneBefore(int writes) throws IOException {
        try (HighWaterMark mark = HighWaterMark.create(path, FIRST)) {
            for (int i = 1; i <= writes; i++) {
                mark.write(PersistPoint.MARK_CONTENT, mark.mark().committed(5 + i, Hash.NONE));
            }
        }
        Mark whole = read();
        assertThat(whole.height()).isEqualTo(5 + writes);
        damage((int) (whole.sequence() % 2));
        assertThat(read().height()).isEqualTo(4 + writes);
        damage((int) ((whole.sequence() + 1) % 2));
        assertThatThrownBy(this::read)
                .isInstanceOf(OperatorError.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aSlotThatIsCutOrLongerThanItselfIsNone() throws IOException {
        HighWaterMark.create(path, FIRST).close();
        byte[] fresh = Files.readAllBytes(path);
        Files.write(path, java.util.Arrays.copyOf(fresh, 2 * SLOT_BYTES - 1));
        assertThat(read().sequence()).isEqualTo(2);
        fresh[0] = (byte) 0xff;
        fresh[1] = (byte) 0xff;
        Files.write(path, fresh);
        assertThat(read().sequence()).isEqualTo(1);
    }

    @Test
    void noFileIsNoMark() {
        assertThat(HighWaterMark.open(path)).isEmpty();
    }
}
