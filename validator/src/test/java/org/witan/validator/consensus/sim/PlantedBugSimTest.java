package org.witan.validator.consensus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.failure.InvariantBroken;

/**
 * A simulation that cannot fail proves nothing: each bug is planted and must be found, and the run
 * that shows it must be sound without it.
 */
@Tag("sim")
class PlantedBugSimTest {
    private static final int MAX_SEEDS = 2_000;

    @ParameterizedTest
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    @EnumSource(value = Flaws.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void isFound(Flaws flaw) {
        long seed = 0;
        while (seed < MAX_SEEDS && breaches(flaw, seed) == 0) {
            seed++;
        }
        assertThat(seed).as("seeds in which %s shows", flaw).isLessThan(MAX_SEEDS);
        assertThat(breaches(Flaws.NONE, seed)).as("seed %d without %s", seed, flaw).isZero();
    }

    private static int breaches(Flaws flaw, long seed) {
        Plan plan = Plan.liar(4).crashing(100, 2);
        Cluster cluster = new Cluster(plan, seed, flaw);
        try {
            return cluster.run().oracle().breaches().size();
        } catch (InvariantBroken found) {
            return 1;
        }
    }
}
