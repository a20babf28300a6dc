package org.witan.validator.consensus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.NodeId;

/** Who is asked for what is missing, when, and for how long. */
class WantsTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final Wants<Long> wants = new Wants<>(100, false);

    @Test
    void sourcesAreAskedInTurnWithLongerAndLongerPauses() {
        wants.want(7L, List.of(A, B));
        assertThat(wants.wakeAt()).isZero();
        assertThat(wants.due(1_000, 9)).isEqualTo(Map.of(A, List.of(7L)));
        assertThat(wants.askedAllMillis(7L)).isEqualTo(NEVER);
        assertThat(wants.wakeAt()).isEqualTo(1_100);
        assertThat(wants.due(1_099, 9)).isEmpty();
        assertThat(wants.due(1_100, 9)).isEqualTo(Map.of(B, List.of(7L)));
        assertThat(wants.askedAllMillis(7L)).isEqualTo(1_100);
        assertThat(wants.wakeAt()).isEqualTo(1_300);
        assertThat(wants.due(1_300, 9)).isEqualTo(Map.of(A, List.of(7L)));
        assertThat(wants.askedAllMillis(7L)).as("the first time counts").isEqualTo(1_100);
        long now = 1_300;
        for (int i = 0; i < 6; i++) {
            now = wants.wakeAt();
            wants.due(now, 9);
        }
        assertThat(wants.wakeAt() - now).as("two seconds at most").isEqualTo(2_000);
    }

    @Test
    void whatIsNotWantedAgainIsForgotten() {
        wants.want(7L, List.of(A));
        wants.end();
        assertThat(wants.isWanted(7L)).isTrue();
        assertThat(wants.isAnyWanted()).isTrue();
        wants.begin();
        wants.want(8L, List.of(A));
        wants.end();
        assertThat(wants.isWanted(7L)).isFalse();
        assertThat(wants.isWanted(8L)).isTrue();
        assertThat(wants.askedAllMillis(7L)).isEqualTo(NEVER);
        wants.begin();
        wants.end();
        assertThat(wants.isAnyWanted()).isFalse();
        assertThat(wants.wakeAt()).isEqualTo(NEVER);
    }

    @Test
    void theFirstCallOfAStepNamesTheSources() {
        wants.want(7L, List.of(A));
        wants.want(7L, List.of(B));
        assertThat(wants.due(0, 9)).containsOnlyKeys(A);
        wants.begin();
        wants.want(7L, List.of(B));
        assertThat(wants.due(10_000, 9)).containsOnlyKeys(B);
    }

    @Test
    void nobodyIsAskedForMoreThanTheMostAndNobodyForNothing() {
        wants.want(1L, List.of(A));
        wants.want(2L, List.of(A));
        wants.want(3L, List.of(A));
        wants.want(4L, List.of());
        assertThat(wants.due(5, 2)).isEqualTo(Map.of(A, List.of(1L, 2L)));
        assertThat(wants.due(5, 2)).isEqualTo(Map.of(A, List.of(3L)));
        assertThat(wants.wakeAt()).isEqualTo(105);
    }

    @Test
    void allAreAskedAtOnceWhenTheFirstDidNotAnswer() {
        Wants<Long> urgent = new Wants<>(100, true);
        urgent.want(7L, List.of(A, B));
        assertThat(urgent.due(0, 9)).containsOnlyKeys(A);
        assertThat(urgent.askedAllMillis(7L)).isEqualTo(NEVER);
        assertThat(urgent.due(100, 9)).containsOnlyKeys(A, B);
        assertThat(urgent.askedAllMillis(7L)).isEqualTo(100);
    }
}
