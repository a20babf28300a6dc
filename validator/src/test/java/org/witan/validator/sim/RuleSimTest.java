package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.witan.validator.sim.course.RuleRun;
import org.witan.validator.sim.course.Seeds;

/** No value that a rule may have stops a network or makes it disagree. */
@Tag("sim")
class RuleSimTest {
    /** {@code -Dextremes=64} in {@code .ci/run}; {@code -Dseed=17} replays one. */
    @Test
    void eachRuleMayHaveItsLeastAndItsGreatestValue() throws InterruptedException {
        assertThat(new Seeds("RuleSimTest", RuleRun::new).run(Seeds.range("extremes", 16)))
                .isEmpty();
    }
}
