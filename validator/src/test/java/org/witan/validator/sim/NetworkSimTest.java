package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.validator.sim.course.Run;
import org.witan.validator.sim.course.Seeds;

/** Whole nodes keep their promises whatever the network, the disks, clocks and the power do. */
@Tag("sim")
class NetworkSimTest {
    /** {@code -Dnetworks=100000} for a night; {@code -Dseed=17} replays one. */
    @Test
    void everySeedKeepsThePromises() throws InterruptedException {
        assertThat(new Seeds("NetworkSimTest", Run::new).run(Seeds.range("networks", 300)))
                .isEmpty();
    }

    /** {@code -Dnetworks=2000} has fifty of them. */
    static LongStream twice() {
        return LongStream.range(0, Math.max(4, Long.getLong("networks", 0) / 40));
    }

    @ParameterizedTest
    @MethodSource("twice")
    void oneSeedOneTrace(long seed) {
        Run first = new Run(seed);
        first.all();
        Run second = new Run(seed);
        second.all();
        assertThat(first.cluster().trace().count()).isGreaterThan(500);
        assertThat(first.cluster().trace().hash())
                .as("P16: seed %d", seed)
                .isEqualTo(second.cluster().trace().hash());
    }
}
