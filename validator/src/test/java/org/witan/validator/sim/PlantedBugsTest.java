package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that finds nothing is suspect: each planted mistake must be found. */
@Tag("sim")
class PlantedBugsTest {
    /** Seeds that are tried before a bug counts as not found. */
    private static final int SEEDS = 150;

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void isFound(Bug bug) {
        for (long seed = 0; seed < SEEDS; seed++) {
            String broken = run(seed, bug);
            if (!broken.isEmpty()) {
                assertThat(broken).as("%s, seed %d", bug, seed).containsPattern("P[0-9]+:");
                return;
            }
        }
        throw new AssertionError(bug + " was not found in " + SEEDS + " seeds");
    }

    /** What the oracle says, empty if it is content. */
    private static String run(long seed, Bug bug) {
        Run run = new Run(seed, Settings.rough(seed).with(bug));
        try {
            run.all();
            return "";
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage());
        }
    }
}
