package org.witan.validator.node.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.store.StoreFailed;

/** The store is read through part by part, again and again. */
class ScrubbingTest {
    private final List<Long> pauses = new ArrayList<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    private void later(long seconds, Runnable work) {
        pauses.add(seconds);
        waiting.add(work);
    }

    @Test
    void partByPartAndThenAfterAWeek() {
        Deque<Boolean> ends = new ArrayDeque<>(List.of(false, false, true, true));
        List<Long> asked = new ArrayList<>();
        new Scrubbing(this::later, bytes -> asked.add(bytes) && ends.remove()).begin();
        while (!ends.isEmpty()) {
            waiting.remove().run();
        }
        assertThat(pauses)
                .containsExactly(
                        Scrubbing.FIRST_SECONDS,
                        1L,
                        1L,
                        Scrubbing.PAUSE_SECONDS,
                        Scrubbing.PAUSE_SECONDS);
        assertThat(asked).containsOnly(Scrubbing.PART_BYTES);
    }

    @Test
    void whatIsDamagedEndsIt() {
        new Scrubbing(
                        this::later,
                        bytes -> {
                            throw new StoreFailed("rotten");
                        })
                .begin();
        assertThatThrownBy(waiting.remove()::run).isInstanceOf(StoreFailed.class);
        assertThat(waiting).isEmpty();
    }
}
