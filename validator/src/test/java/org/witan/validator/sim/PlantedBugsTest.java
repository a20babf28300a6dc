package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.validator.sim.course.EpochRun;
import org.witan.validator.sim.course.Run;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.plan.Settings;

/**
 * A simulation that finds nothing is suspect: each planted mistake must be found, and a run that
 * shows it must be sound without it.
 */
@Tag("sim")
class PlantedBugsTest {
    /** Seeds that are tried before a bug counts as not found. */
    private static final int SEEDS = 150;

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
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
                        (planted, seed) -> {
                            Settings settings = bug.settings(seed).with(planted);
                            return bug == Bug.ROLL_DICE
                                    ? compared(seed, settings)
                                    : said(new Run(seed, settings)::all);
                        });
        assertThat(broken).as("%s", bug).startsWith(bug.breaks() + ":");
    }

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnumSource(
            names = {
                "VOTE_BEFORE_THE_BOUNDARY",
                "KEEP_THE_OLD_SET",
                "SIGN_WITH_THE_OLD_KEY",
                "REDEEM_TWICE",
                "RESTORE_AN_OLD_DISK"
            })
    void isFoundWhereEpochsEnd(Bug bug) {
        String broken = first(bug, (planted, seed) -> said(new EpochRun(seed, planted)::all));
        assertThat(broken).as("%s", bug).startsWith(bug.breaks() + ":");
    }

    /** What is said of a bug in the surroundings in which it can show. */
    private interface Runs {
        /** What the oracle says of a seed with this planted; empty if it is content. */
        String say(Bug planted, long seed);
    }

    /** The first that is said; the same seed without the bug must be none to complain of. */
    private static String first(Bug bug, Runs runs) {
        for (long seed = 0; seed < SEEDS; seed++) {
            String broken = runs.say(bug, seed);
            if (!broken.isEmpty()) {
                assertThat(runs.say(Bug.NONE, seed)).as("seed %d without %s", seed, bug).isEmpty();
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
    private static String compared(long seed, Settings settings) {
        Run one = new Run(seed, settings);
        Run other = new Run(seed, settings);
        one.all();
        other.all();
        boolean same = one.cluster().trace().hash() == other.cluster().trace().hash();
        return same ? "" : Promise.P16.says("two traces of seed %d", seed);
    }
}
