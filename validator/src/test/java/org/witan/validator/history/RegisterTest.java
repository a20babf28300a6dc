package org.witan.validator.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.validator.history.Register.Verdict;

/** Histories of one entry, judged without a look at any ledger. */
class RegisterTest {
    private static final long LIMIT_NANOS = 20_000_000_000L;

    private static Verdict verdict(List<Event> events) {
        Map<String, Verdict> verdicts = Register.check(events, LIMIT_NANOS);
        assertThat(verdicts).containsOnlyKeys(Story.KEY);
        return verdicts.getOrDefault(Story.KEY, Verdict.UNKNOWN);
    }

    private static Said found(long version) {
        return Said.of(Story.KEY, "v1").version(version);
    }

    @Test
    void aReadThatOverlapsAWriteMaySeeEither() {
        for (long version : new long[] {0, 1}) {
            Story story = new Story().invoke(0, "write", "a").invoke(1, "read", "");
            story.read(1, 1, version).ok(0, "a", 1, 1);
            assertThat(verdict(story.events())).isEqualTo(Verdict.LINEARIZABLE);
        }
    }

    @Test
    void aStaleReadIsFound() {
        Story story = new Story().invoke(0, "write", "a").ok(0, "a", 1, 1);
        story.invoke(1, "read", "").read(1, 1, 0);
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void aLostUpdateIsFound() {
        Story story = new Story().invoke(0, "write", "a").ok(0, "a", 1, 1);
        story.invoke(1, "write", "b").ok(1, "b", 2, 1);
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void aDuplicateApplyIsFound() {
        Story story = new Story().invoke(0, "write", "a").ok(0, "a", 1, 1);
        story.invoke(1, "read", "").read(1, 2, 2);
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void twoWinnersOfOneCompareAndSetAreFound() {
        Story story = new Story();
        for (int process = 0; process < 2; process++) {
            Said wanted = Said.of(Story.KEY, "v1").expected(0);
            story.end(process, Event.Type.INVOKE, "cas", wanted);
        }
        story.end(0, Event.Type.OK, "cas", found(1).expected(0));
        assertThat(verdict(story.events())).isEqualTo(Verdict.LINEARIZABLE);
        story.end(1, Event.Type.OK, "cas", found(1).expected(0));
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void aConflictThatFoundWhatItWantedIsFound() {
        Story story = new Story();
        story.end(0, Event.Type.INVOKE, "cas", Said.of(Story.KEY, "v1").expected(0));
        story.end(0, Event.Type.FAIL, "cas", found(0).expected(0));
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void anInversionOfRealTimeIsFound() {
        Story story = new Story().invoke(0, "write", "a").ok(0, "a", 2, 2);
        story.invoke(1, "write", "b").ok(1, "b", 1, 1);
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    @Test
    void anUnknownWriteExplainsAtMostOneVersion() {
        Story story = new Story().invoke(0, "write", "a");
        story.end(0, Event.Type.INFO, "write", Said.of(Story.KEY, "v1").err("cut"));
        story.invoke(1, "read", "").read(1, 1, 1);
        assertThat(verdict(story.events())).isEqualTo(Verdict.LINEARIZABLE);
        story.invoke(1, "read", "").read(1, 2, 2);
        assertThat(verdict(story.events())).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }

    /**
     * Forty writes whose ends nobody knows explain no version above forty; to see that, all their
     * subsets would have to be tried. What was not judged must not pass.
     */
    @Test
    void aSearchThatRunsOutOfTimeJudgesNothing() {
        Story story = new Story();
        for (int process = 0; process < 40; process++) {
            story.invoke(process, "write", "a");
        }
        story.invoke(40, "read", "").read(40, 1, 41);
        assertThat(Register.check(story.events(), 50_000_000))
                .containsOnly(Map.entry(Story.KEY, Verdict.UNKNOWN));
    }

    /** Histories that come from a true register pass; with one read changed they do not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void randomHistoriesAreJudgedRightly(long seed) {
        List<Event> events = RandomRegister.events(new SplittableRandom(seed), 10, 200);
        assertThat(verdict(events)).isEqualTo(Verdict.LINEARIZABLE);
        List<Integer> ends =
                IntStream.range(events.size() / 2, events.size())
                        .filter(i -> events.get(i).type() == Event.Type.OK)
                        .boxed()
                        .toList();
        int at = ends.get(new Random(seed).nextInt(ends.size()));
        Event event = events.get(at);
        Said older = event.said().version(event.said().version().orElseThrow() - 30);
        events.set(
                at,
                new Event(
                        event.index(),
                        event.time(),
                        event.process(),
                        event.type(),
                        event.f(),
                        older));
        assertThat(verdict(events)).isEqualTo(Verdict.NOT_LINEARIZABLE);
    }
}
