package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.validator.sim.EpochSimTest.EpochRun;
import org.witan.validator.sim.Settings.Bug;

/** A simulation that finds nothing is suspect: each planted mistake must be found. */
@Tag("sim")
class PlantedBugsTest {
    /** Seeds that are tried before a bug counts as not found. */
    private static final int SEEDS = 150;

    @ParameterizedTest
    @EnumSource(
            names = {
                "DROP_THE_SYNC",
                "SEND_BEFORE_SAVE",
                "FORGET_OWN_VOTES",
                "RESTORE_AN_OLD_DISK",
                "ACKNOWLEDGE_EARLY"
            })
    void isFound(Bug bug) {
        isFound(bug, seed -> new Run(seed, Settings.rough(seed).with(bug))::all);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VOTE_BEFORE_THE_BOUNDARY",
                "KEEP_THE_OLD_SET",
                "SIGN_WITH_THE_OLD_KEY",
                "RESTORE_AN_OLD_DISK"
            })
    void isFoundWhereEpochsEnd(Bug bug) {
        isFound(bug, seed -> new EpochRun(seed, bug)::all);
    }

    private static void isFound(Bug bug, LongFunction<Runnable> runs) {
        for (long seed = 0; seed < SEEDS; seed++) {
            String broken = broken(runs.apply(seed));
            if (!broken.isEmpty()) {
                assertThat(broken).as("%s, seed %d", bug, seed).containsPattern("P[0-9]+:");
                return;
            }
        }
        throw new AssertionError(bug + " was not found in " + SEEDS + " seeds");
    }

    /** What the oracle says, empty if it is content. */
    private static String broken(Runnable run) {
        try {
            run.run();
            return "";
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage());
        }
    }
}
