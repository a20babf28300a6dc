package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.validator.sim.course.Run;
import org.witan.validator.sim.course.Seeds;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Felt;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.SimKeys;

/** Whole nodes keep their promises whatever the network, the disks, clocks and the power do. */
@Tag("sim")
class NetworkSimTest {
    private static final int ENOUGH_FOR_ALL_TROUBLE = 100;

    /** So many networks: {@code -Dnetworks}, or else {@code -Dseeds}, as for all simulations. */
    private static long networks(long usual) {
        return Long.getLong("networks", Long.getLong("seeds", usual));
    }

    /** {@code -Dnetworks=100000} for a night; {@code -Dseed=17} replays one. */
    @Test
    void everySeedKeepsThePromises() throws InterruptedException {
        var seeds = new Seeds("NetworkSimTest", Run::new);
        long[] all = Seeds.below(networks(300)).toArray();
        assertThat(seeds.run(LongStream.of(all))).isEmpty();
        System.out.println("NetworkSimTest: felt " + seeds.felt());
        if (all.length >= ENOUGH_FOR_ALL_TROUBLE) {
            assertThat(seeds.felt())
                    .containsOnlyKeys(
                            Stream.concat(
                                            EnumSet.complementOf(EnumSet.of(Fault.LOST_HOME))
                                                    .stream()
                                                    .map(Fault::name),
                                            Stream.of(
                                                    Felt.NO_ROOM_TO_WRITE,
                                                    Felt.UNSYNCED_LOST,
                                                    Felt.OVERTAKEN))
                                    .toList());
        }
    }

    /** {@code -Dlasting=24} in {@code .ci/run}; each takes as long as twenty of the others. */
    @Test
    void tenMinutesOfTroubleKeepThePromises() throws InterruptedException {
        var seeds = new Seeds("NetworkSimTest", seed -> new Run(seed, Settings.lasting(seed)));
        assertThat(seeds.run(Seeds.range("lasting", 1))).isEmpty();
    }

    /**
     * A member's home is lost and it is started with its key alone: at most f of them, at random
     * moments under all other trouble. {@code -Dwipes=200} by hand.
     */
    @Test
    void whoLostAllButItsKeyContradictsNothing() throws InterruptedException {
        var seeds = new Seeds("NetworkSimTest", seed -> new Run(seed, Settings.wipes(seed)));
        assertThat(seeds.run(Seeds.range("wipes", 10))).isEmpty();
    }

    /** Ed25519 and its verifier as nodes have them: one seed in forty, as for the traces. */
    @Test
    void trueSignaturesKeepThePromises() throws InterruptedException {
        long count = Math.max(2, networks(0) / 40);
        var seeds =
                new Seeds(
                        "NetworkSimTest", seed -> new Run(seed, Settings.of(seed), SimKeys.real()));
        assertThat(seeds.run(Seeds.below(count))).isEmpty();
    }

    /** {@code -Dnetworks=2000} has fifty of them. */
    static LongStream twice() {
        return Seeds.below(Math.max(4, networks(0) / 40));
    }

    @ParameterizedTest
    @MethodSource("twice")
    void oneSeedOneTrace(long seed) {
        Run first = new Run(seed);
        first.all();
        Run second = new Run(seed);
        second.all();
        // A lone node whose disk is full for most of the time does little.
        assertThat(first.cluster().trace().count()).isGreaterThan(200);
        assertThat(first.cluster().trace().hash())
                .as("P16: seed %d", seed)
                .isEqualTo(second.cluster().trace().hash());
    }
}
