package org.witan.validator.consensus.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.sim.Flaws;

/**
 * A member keeps the protocol, but what it says to some in some views is changed a little; in some
 * views the network falls apart as well. Few faults, close to what is right, find more than noise.
 *
 * <p>{@code -Dlies=5000} for more runs, {@code -Dlie=17} replays one.
 */
@Tag("sim")
class MutationTest {
    private static final int VIEWS = 8;
    private static final int MOST_LIES = 4;
    private static final int MOST_CUTS = 2;
    private static final long FAULTY_MILLIS = 5_000;

    /** In this view, to those whose bits are set. */
    private record Fault(long view, int mask) {
        /** To some of those who do not lie: the liar's own bit is the last. */
        static List<Fault> lies(SplittableRandom random) {
            return random.ints(1 + random.nextInt(MOST_LIES))
                    .mapToObj(any -> new Fault(view(random), 2 * random.nextInt(1, 8)))
                    .toList();
        }

        static List<Fault> cuts(SplittableRandom random) {
            return random.ints(random.nextInt(MOST_CUTS + 1))
                    .mapToObj(any -> new Fault(view(random), random.nextInt(1, 15)))
                    .toList();
        }

        private static long view(SplittableRandom random) {
            return random.nextLong(1, VIEWS + 1L);
        }

        boolean isFor(Seat from, Seat to) {
            return from.view() == view && (mask >> to.member() & 1) == 1;
        }

        boolean divides(Seat from, Seat to) {
            return from.view() == view && (mask >> to.member() & 1) != (mask >> from.member() & 1);
        }
    }

    private final AtomicLong told = new AtomicLong();

    @Test
    void honestMembersAgreeAndGoOn() {
        Long one = Long.getLong("lie");
        long runs = one != null ? 0 : Long.getLong("lies", 100L);
        // In one run of ten nothing is said in the views that the changes are for.
        LongStream seeds = one != null ? LongStream.of(one) : LongStream.range(0, runs + runs / 4);
        List<String> failures =
                seeds.parallel()
                        .boxed()
                        .flatMap(seed -> failure(seed, Flaws.NONE).stream())
                        .limit(10)
                        .toList();
        assertThat(failures).as("replay: -Dgroups=sim -Dlie=SEED").isEmpty();
        assertThat(told.get())
                .as("runs in which something was changed")
                .isGreaterThanOrEqualTo(runs);
    }

    @ParameterizedTest
    @EnumSource(names = {"FINALIZE_AFTER_NULLIFY", "NO_GAP_PROOF", "QUORUM_LESS_ONE"})
    void plantedBugsAreFound(Flaws flaw) {
        assertThat(LongStream.range(0, 300).anyMatch(seed -> failure(seed, flaw).isPresent()))
                .isTrue();
    }

    private Optional<String> failure(long seed, Flaws flaw) {
        SplittableRandom random = new SplittableRandom(seed);
        Assembly assembly = new Assembly(4, 1, 1).flaw(flaw);
        List<Fault> lies = Fault.lies(random);
        List<Fault> cuts = Fault.cuts(random);
        Changes changes = new Changes(assembly, random);
        long whole = assembly.now() + FAULTY_MILLIS;
        assembly.mouth((from, to, message) ->
                assembly.now() < whole && lies.stream().anyMatch(f -> f.isFor(from, to))
                        ? changes.of(from, message)
                        : List.<ConsensusMessage>of(message));
        assembly.wire((from, to, message) ->
                assembly.now() < whole && cuts.stream().anyMatch(f -> f.divides(from, to))
                        ? Assembly.Wire.LOST
                        : Assembly.Wire.SOUND.millis(from, to, message));
        try {
            assembly.asked().start();
            // In the middle of it one is started again, and asks the others before it signs.
            Seat one = assembly.honest().get((int) (seed % 3));
            assembly.at(assembly.now() + 200 + seed * 7 % 1_500, () -> one.restart(1 + seed % 90));
            assembly.runBeyond(VIEWS, FAULTY_MILLIS);
            told.addAndGet(assembly.lies() > 0 ? 1 : 0);
            if (assembly.reaches(assembly.oracle().agreedHeight() + 2, 20_000)) {
                return Optional.empty();
            }
        } catch (InvariantBroken broken) {
            assembly.oracle().breach(broken.toString());
        }
        return Optional.of(
                "seed "
                        + seed
                        + ": "
                        + assembly.oracle().breaches()
                        + " lies "
                        + lies
                        + " cuts "
                        + cuts
                        + assembly);
    }
}
