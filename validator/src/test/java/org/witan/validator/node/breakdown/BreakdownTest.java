package org.witan.validator.node.breakdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.store.StoreFailed;

/** How a node ends that a thread beside its loop gave up. */
class BreakdownTest {
    private final Breakdown breakdown = new Breakdown();
    private final List<String> halts = new ArrayList<>();

    private void follow() {
        breakdown.onFirst((exit, sentence) -> halts.add(exit.number() + " " + sentence));
    }

    @Test
    void aDiskThatLiesToAReaderEndsTheNodeWith74() {
        follow();
        assertThatThrownBy(() ->
                        breakdown.reading(() -> {
                            throw new StoreFailed("a checksum is wrong");
                        }))
                .isInstanceOf(StoreFailed.class);
        assertThat(halts).containsExactly("74 the disk failed or lies: a checksum is wrong");
    }

    @Test
    void onlyTheFirstCountsAndItMayComeBeforeAnybodyListens() {
        breakdown.accept(new IllegalStateException("first"));
        breakdown.accept(new StoreFailed("second"));
        follow();
        assertThat(halts).containsExactly("70 a bug: java.lang.IllegalStateException: first");
    }
}
