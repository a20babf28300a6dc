package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validators are added, removed and re-keyed by real transactions, whatever fails meanwhile. */
@Tag("sim")
class EpochSimTest {
    /** Fixed in every build; {@code -Dseeds=100000} for a night; {@code -Dseed=17} replays one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        EpochRun run = new EpochRun(seed, Bug.NONE);
        try {
            run.all();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "replay: ./mvnw test -pl validator -am -Dtest=EpochSimTest -Dseed=" + seed,
                    broken);
        }
    }

    @Test
    void theRunsChangeWhatTheyAreToChange() {
        long epochs = 0;
        int rekeyed = 0;
        for (long seed = 0; seed < 5; seed++) {
            EpochRun run = new EpochRun(seed, Bug.NONE);
            run.all();
            epochs += run.cluster().oracle.epochs.last().number() - 1;
            rekeyed += run.council().rekeyed();
        }
        assertThat(epochs).as("epochs that ended in five runs").isGreaterThan(8);
        assertThat(rekeyed).as("keys replaced in five runs").isPositive();
    }

    @Test
    void oneSeedOneTrace() {
        EpochRun first = new EpochRun(3, Bug.NONE);
        first.all();
        EpochRun second = new EpochRun(3, Bug.NONE);
        second.all();
        assertThat(first.cluster().traceHash()).isEqualTo(second.cluster().traceHash());
    }
}
