package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.witan.validator.sim.course.EpochRun;
import org.witan.validator.sim.course.Seeds;
import org.witan.validator.sim.plan.Bug;

/** Validators are added, removed and re-keyed by real transactions, whatever fails meanwhile. */
@Tag("sim")
class EpochSimTest {
    /** {@code -Depochs=100000} for a night; {@code -Dseed=17} replays one. */
    @Test
    void everySeedKeepsThePromises() throws InterruptedException {
        assertThat(
                        new Seeds("EpochSimTest", seed -> new EpochRun(seed, Bug.NONE))
                                .run(Seeds.range("epochs", 20)))
                .isEmpty();
    }

    /** {@code -Dwalks=24} in {@code .ci/run}. */
    @Test
    void fourBecomeSevenBecomeFourBecomeThirteen() throws InterruptedException {
        assertThat(new Seeds("EpochSimTest", EpochRun::walk).run(Seeds.range("walks", 1)))
                .isEmpty();
    }

    @Test
    void aWalkHasAllTheSizesThatItPromises() {
        EpochRun run = EpochRun.walk(1);
        run.all();
        assertThat(run.sizes()).startsWith(4, 5, 6, 7).endsWith(13).doesNotContain(3);
        assertThat(run.sizes().lastIndexOf(4)).as("back to four").isGreaterThan(5);
        assertThat(run.council().rekeyed()).isPositive();
    }

    @Test
    void theRunsChangeWhatTheyAreToChange() {
        long epochs = 0;
        int rekeyed = 0;
        int guests = 0;
        for (long seed = 0; seed < 5; seed++) {
            EpochRun run = new EpochRun(seed, Bug.NONE);
            run.all();
            epochs += run.cluster().oracle.epochs().last().number() - 1;
            rekeyed += run.council().rekeyed();
            guests += run.cluster().oracle.guests();
        }
        assertThat(epochs).as("epochs that ended in five runs").isGreaterThan(8);
        assertThat(rekeyed).as("keys replaced in five runs").isPositive();
        assertThat(guests).as("invitations used in five runs").isGreaterThan(10);
    }

    @Test
    void oneSeedOneTrace() {
        EpochRun first = new EpochRun(3, Bug.NONE);
        first.all();
        EpochRun second = new EpochRun(3, Bug.NONE);
        second.all();
        assertThat(first.cluster().trace().hash()).isEqualTo(second.cluster().trace().hash());
    }
}
