package org.witan.validator.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.validator.history.Ledger.Logged;
import org.witan.validator.history.Ledger.LoggedBlock;

/** Good histories pass; each kind of bad one is found for what it is. */
class LedgerCheckTest {
    /** Two writes, a read and a conflict, one after the other. */
    private static Story good() {
        Story story = new Story();
        story.invoke(0, "write", "a").ok(0, "a", 1, 1).block("a");
        story.invoke(1, "read", "").read(1, 1, 1);
        story.invoke(0, "write", "b").ok(0, "b", 2, 2).block("b");
        story.invoke(1, "cas", "c");
        Said found = Said.of(Story.KEY, "v1").tx("c").pos(3, 0).version(2);
        return story.end(1, Event.Type.FAIL, "cas", found).conflict("c", 2);
    }

    @Test
    void aGoodHistoryPasses() {
        assertThat(good().problems()).isEmpty();
    }

    @Test
    void writesWhoseEndNobodyKnowsMayBeThereOrNot() {
        Story story = good().invoke(0, "write", "d").invoke(1, "write", "e");
        story.end(0, Event.Type.INFO, "write", Said.of(Story.KEY, "v1").tx("d").err("cut"));
        assertThat(story.problems()).isEmpty();
        assertThat(story.block("d").problems()).isEmpty();
        assertThat(story.block("e").problems()).isEmpty();
    }

    @Test
    void aLostAcknowledgedWriteIsFound() {
        Story story = good().invoke(0, "write", "d").ok(0, "d", 4, 3);
        assertThat(story.problems()).singleElement().asString().startsWith("lost: ");
    }

    @Test
    void aLostUpdateIsFound() {
        Story story = good().invoke(0, "write", "d").ok(0, "d", 4, 3).conflict("d", 2);
        assertThat(story.problems())
                .singleElement()
                .asString()
                .startsWith("another end than acknowledged");
    }

    @Test
    void aDuplicateApplyIsFound() {
        assertThat(good().block("a").problems())
                .anyMatch(problem -> problem.startsWith("duplicate: "));
    }

    @Test
    void aSplitBrainIsFound() {
        Story story = good();
        List<LoggedBlock> other = new ArrayList<>(story.ledger("v3", 3).blocks());
        LoggedBlock third = other.removeLast();
        other.add(new LoggedBlock(3, "other", third.stateRoot(), third.transactions()));
        assertThat(
                        LedgerCheck.problems(
                                story.events(),
                                List.of(story.ledger("v1", 3), new Ledger("v3", other))))
                .contains("split brain: height 3 differs at v1 and v3");
        other.removeLast();
        other.add(new LoggedBlock(3, third.hash(), "other", third.transactions()));
        assertThat(
                        LedgerCheck.problems(
                                story.events(),
                                List.of(story.ledger("v1", 3), new Ledger("v3", other))))
                .contains("split brain: height 3 differs at v1 and v3");
    }

    @Test
    void aWriteInFrontOfOneThatEndedBeforeItBeganIsFound() {
        Story story = new Story();
        story.invoke(0, "write", "late").ok(0, "late", 2, 2);
        story.invoke(1, "write", "early").ok(1, "early", 1, 1);
        assertThat(story.block("early").block("late").problems())
                .singleElement()
                .asString()
                .startsWith("real time: early");
    }

    @Test
    void writesThatOverlapMayStandInAnyOrder() {
        Story story = new Story();
        story.invoke(0, "write", "late").invoke(1, "write", "early");
        story.ok(0, "late", 2, 2).ok(1, "early", 1, 1);
        assertThat(story.block("early").block("late").problems()).isEmpty();
    }

    @Test
    void anUnknownWriteInFrontOfItsTimeIsFound() {
        Story story = new Story();
        story.invoke(0, "write", "a").ok(0, "a", 2, 2).invoke(1, "write", "b");
        story.end(1, Event.Type.INFO, "write", Said.of(Story.KEY, "v1").tx("b"));
        assertThat(story.block("b").block("a").problems())
                .anyMatch(problem -> problem.startsWith("real time: b"));
    }

    @Test
    void aStaleReadIsFound() {
        Story behind = good().invoke(2, "read", "").read(2, 1, 1);
        assertThat(behind.problems())
                .singleElement()
                .asString()
                .isEqualTo("stale read: v1 shows height 1 after 3");
        Story wrong = good().invoke(2, "read", "").read(2, 3, 1);
        assertThat(wrong.problems()).singleElement().asString().startsWith("stale read: v1/k");
    }

    @Test
    void aReadThatGoesBackForOneClientIsFound() {
        Story story = new Story().block("a").block("b").block("c");
        story.invoke(0, "read", "").read(0, 2, 2).invoke(0, "read", "").read(0, 1, 1);
        assertThat(story.problems()).singleElement().asString().contains("height 1 after 2");
        Story two = new Story().block("a").block("b").block("c");
        two.invoke(0, "read", "").read(0, 2, 2).invoke(1, "read", "").read(1, 1, 1);
        assertThat(two.problems()).as("another client may read older state").isEmpty();
    }

    @Test
    void aRefusedWriteInTheLedgerIsFound() {
        Story story = good().invoke(0, "write", "d");
        story.end(0, Event.Type.FAIL, "write", Said.of(Story.KEY, "v1").tx("d").err("429"));
        assertThat(story.problems()).isEmpty();
        assertThat(story.block("d").problems())
                .singleElement()
                .asString()
                .startsWith("refused, but in the ledger");
    }

    @Test
    void anAcknowledgementThatNamesAnotherPlaceIsFound() {
        Story story = new Story().invoke(0, "write", "a").ok(0, "a", 2, 1).block("a");
        assertThat(story.problems()).singleElement().asString().startsWith("moved: a");
    }

    @Test
    void aNonceUsedTwiceIsFound() {
        OptionalLong value = OptionalLong.of(1);
        Logged one = new Logged("x", "v1", 7, "v1/k", value, true, 1);
        Logged two = new Logged("y", "v1", 7, "v1/k", value, true, 2);
        Ledger ledger = new Ledger("v1", List.of(new LoggedBlock(1, "h", "r", List.of(one, two))));
        assertThat(LedgerCheck.problems(List.of(), List.of(ledger)))
                .containsExactly("nonce 7 of v1 is used wrongly");
        Logged old = new Logged("z", "v1", 5000, "v1/k", value, true, 2);
        Ledger window = new Ledger("v1", List.of(new LoggedBlock(1, "h", "r", List.of(old, one))));
        assertThat(LedgerCheck.problems(List.of(), List.of(window)))
                .containsExactly("nonce 7 of v1 is used wrongly");
    }

    @Test
    void aLedgerMayBeToldFromAHeightOnAndHasNoGap() {
        Ledger late = new Ledger("v1", List.of(new LoggedBlock(6, "h", "r", List.of())));
        assertThat(LedgerCheck.problems(List.of(), List.of(late), 5)).isEmpty();
        assertThat(LedgerCheck.problems(List.of(), List.of(late), 4))
                .containsExactly("a gap before height 6 of v1");
        assertThat(LedgerCheck.problems(List.of(), List.of(late)))
                .containsExactly("a gap before height 6 of v1");
    }

    @Test
    void aHistoryThatBreaksItsOwnRulesIsRefused() {
        Story again = new Story().invoke(0, "write", "a");
        again.end(0, Event.Type.INFO, "write", Said.of(Story.KEY, "v1")).invoke(0, "write", "b");
        assertThatThrownBy(again::problems).hasMessageContaining("retired");
        Story two = new Story().invoke(0, "write", "a").invoke(0, "write", "b");
        assertThatThrownBy(two::problems).hasMessageContaining("two at once");
    }
}
