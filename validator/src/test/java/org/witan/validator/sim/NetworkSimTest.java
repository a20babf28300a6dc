package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole nodes keep their promises whatever the network, the disks and the power do. */
@Tag("sim")
class NetworkSimTest {
    /** Fixed in every build; {@code -Dseeds=100000} for a night; {@code -Dseed=17} replays one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 300));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        Run run = new Run(seed);
        try {
            run.all();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "replay: ./mvnw test -pl validator -am -Dtest=NetworkSimTest -Dseed=" + seed,
                    broken);
        }
    }

    @Test
    void oneSeedOneTrace() {
        Run first = new Run(3);
        first.all();
        Run second = new Run(3);
        second.all();
        assertThat(first.cluster().traceHash()).isEqualTo(second.cluster().traceHash());
    }
}
