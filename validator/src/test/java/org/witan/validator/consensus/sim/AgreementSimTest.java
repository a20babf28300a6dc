package org.witan.validator.consensus.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the network, the disks and up to f liars do, honest members never contradict each other;
 * when the trouble ends they go on; when there is nothing to do they are quiet.
 *
 * <p>{@code -Dseeds=100000} for a long run, {@code -Dseed=17} replays one.
 */
@Tag("sim")
class AgreementSimTest {
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 100L));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void honestMembersAgreeAndGoOn(long seed) {
        Cluster cluster = new Cluster(Plan.of(seed), seed, Flaws.NONE).run();
        assertThat(cluster.oracle().breaches())
                .as("replay: -Dgroups=sim -Dseed=%d, %s", seed, Plan.of(seed))
                .isEmpty();
        assertThat(cluster.oracle().agreedHeight()).isGreaterThan(10);
    }

    @Test
    void theSameSeedIsTheSameRun() {
        for (long seed = 0; seed < 6; seed++) {
            Cluster one = new Cluster(Plan.of(seed), seed, Flaws.NONE).run();
            Cluster two = new Cluster(Plan.of(seed), seed, Flaws.NONE).run();
            assertThat(one.traceHash()).isEqualTo(two.traceHash());
            assertThat(one.events()).isEqualTo(two.events());
        }
    }
}
