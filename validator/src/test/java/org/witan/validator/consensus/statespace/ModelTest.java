package org.witan.validator.consensus.statespace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every state that the voting rules allow keeps P1 to P5; with a rule left out some state does not.
 *
 * <p>{@code -Dviews=5} searches further than four views.
 */
class ModelTest {
    private static final int VIEWS = Integer.getInteger("views", 4);

    /** n = 4, f = 1, q = 3. */
    private static Model four(int views, Set<Integer> liarLeads, Optional<Guard> missing) {
        return new Model(3, 2, views, liarLeads, missing);
    }

    /** In every rotation. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void theRulesKeepEveryPromise(int firstLed) {
        Set<Integer> turns = Model.turns(firstLed, 4, VIEWS);
        Model.Found found = four(VIEWS, turns, Optional.empty()).search();
        assertThat(found.broken()).isEmpty();
        assertThat(found.states()).isGreaterThan(10_000);
    }

    /** More than any rotation allows, so one view less. */
    @Test
    void evenIfTheLiarAlwaysLeads() {
        Set<Integer> all = Model.turns(1, 1, VIEWS - 1);
        Model.Found found = four(VIEWS - 1, all, Optional.empty()).search();
        assertThat(found.broken()).isEmpty();
        assertThat(found.states()).isGreaterThan(20_000);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NOTARIZE_BEFORE_NULLIFY")
    void everyGuardIsNeeded(Guard missing) {
        Set<Integer> turns = Model.turns(1, 4, VIEWS);
        assertThat(four(VIEWS, turns, Optional.of(missing)).search().broken()).isPresent();
    }

    /** Without it members would be harder to hold to account; P1 to P5 do not rest on it. */
    @Test
    void notarizingAfterGivingUpBreaksNoPromise() {
        Set<Integer> turns = Model.turns(1, 1, 3);
        Optional<Guard> missing = Optional.of(Guard.NOTARIZE_BEFORE_NULLIFY);
        assertThat(four(3, turns, missing).search().broken()).isEmpty();
    }

    /** n = 5 and q = 4 with f = 1: the smallest quorum that shares an honest member is needed. */
    @Test
    void fiveMembersNeedFourVotes() {
        Set<Integer> turns = Model.turns(1, 5, 2);
        assertThat(new Model(4, 3, 2, turns, Optional.empty()).search().broken()).isEmpty();
        assertThat(new Model(4, 2, 2, turns, Optional.empty()).search().broken()).isPresent();
    }
}
