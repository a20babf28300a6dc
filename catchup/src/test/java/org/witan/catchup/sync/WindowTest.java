package org.witan.catchup.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.chain.block.Block;

/** Where a run of blocks ends that nobody gives the finalizations of. */
class WindowTest {
    private final HandMadeLedger ledger = new HandMadeNetwork("a", 4).grow(9, 1).ledger();
    private final Window window = new Window();

    private Block block(long height) {
        return ledger.block(height).orElseThrow();
    }

    /** What a source sends that answers with trails only. */
    private void trailed(long height, long trailEnd) {
        window.hold(Window.Held.of(List.of(block(height)), Optional.empty()));
        window.promise(trailEnd, ledger.finalization(trailEnd).orElseThrow());
    }

    @Test
    void trailsEndTheRunWhereTheFirstOneDid() {
        trailed(1, 3);
        trailed(2, 9);
        assertThat(window.take(0)).as("block 3 is not here").isEmpty();
        window.hold(Window.Held.of(List.of(block(3), block(4), block(5)), Optional.empty()));
        List<Window.Held> run = window.take(0);
        assertThat(run).extracting(Window.Held::to).containsExactly(1L, 2L, 3L);
        assertThat(run.getLast().finalization()).isEqualTo(ledger.finalization(3));
        assertThat(window.loadBytes())
                .as("blocks 4 and 5 stay")
                .isEqualTo(Window.sizeBytes(List.of(block(4), block(5))));
        window.drop(3);
        assertThat(window.take(3)).as("no known finalization up to block 5").isEmpty();
    }

    @Test
    void anotherBlocksFinalizationEndsNothing() {
        window.promise(1, ledger.finalization(2).orElseThrow());
        window.hold(Window.Held.of(List.of(block(1)), Optional.empty()));
        assertThat(window.take(0)).isEmpty();
    }
}
