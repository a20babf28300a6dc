package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.validator.sim.course.EpochRun;
import org.witan.validator.sim.course.Run;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.plan.Settings;

/** A simulation that finds nothing is suspect: each planted mistake must be found. */
@Tag("sim")
class PlantedBugsTest {
    /** Seeds that are tried before a bug counts as not found. */
    private static final int SEEDS = 150;

    @ParameterizedTest
    @EnumSource(
            names = {
                "NONE",
                "VOTE_BEFORE_THE_BOUNDARY",
                "KEEP_THE_OLD_SET",
                "SIGN_WITH_THE_OLD_KEY",
                "REDEEM_TWICE"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void isFound(Bug bug) {
        String broken =
                first(
                        bug,
                        bug == Bug.ROLL_DICE
                                ? PlantedBugsTest::compared
                                : seed -> said(new Run(seed, bug.settings(seed).with(bug))::all));
        assertThat(broken).as("%s", bug).startsWith(bug.breaks() + ":");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "VOTE_BEFORE_THE_BOUNDARY",
                "KEEP_THE_OLD_SET",
                "SIGN_WITH_THE_OLD_KEY",
                "REDEEM_TWICE",
                "RESTORE_AN_OLD_DISK"
            })
    void isFoundWhereEpochsEnd(Bug bug) {
        assertThat(first(bug, seed -> said(new EpochRun(seed, bug)::all)))
                .as("%s", bug)
                .containsPattern("^P[0-9]+:");
    }

    private static String first(Bug bug, LongFunction<String> runs) {
        for (long seed = 0; seed < SEEDS; seed++) {
            String broken = runs.apply(seed);
            if (!broken.isEmpty()) {
                return broken;
            }
        }
        throw new AssertionError(bug + " was not found in " + SEEDS + " seeds");
    }

    /** What the oracle says, empty if it is content. */
    private static String said(Runnable run) {
        try {
            run.run();
            return "";
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    /** One seed twice. */
    private static String compared(long seed) {
        Settings settings = Bug.ROLL_DICE.settings(seed).with(Bug.ROLL_DICE);
        Run one = new Run(seed, settings);
        Run other = new Run(seed, settings);
        one.all();
        other.all();
        boolean same = one.cluster().trace().hash() == other.cluster().trace().hash();
        return same ? "" : Promise.P16.says("two traces of seed %d", seed);
    }
}
