package org.witan.validator.consensus.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.consensus.message.Status;

/** f members tell one lie all the time: no honest member breaks a rule, all of them go on. */
class LieTest {
    private static final int HEIGHTS = 20;

    @ParameterizedTest
    @EnumSource
    void oneOfFourTellsIt(Lie lie) {
        goesOn(new Assembly(4, 1, 1), lie);
    }

    @ParameterizedTest
    @EnumSource
    void twoOfSevenTellIt(Lie lie) {
        goesOn(new Assembly(7, 2, 1), lie);
    }

    private static Assembly told(Assembly assembly, Lie lie) {
        return assembly.mouth(lie).wire(lie.wire()).start();
    }

    private static void goesOn(Assembly assembly, Lie lie) {
        if (lie == Lie.REPEATS_OLD_EPOCHS) {
            assembly.boundaryEvery(4);
        }
        boolean reached = told(assembly, lie).reaches(HEIGHTS, 60_000);
        assertThat(assembly.oracle().breaches()).isEmpty();
        assertThat(reached).as("height %d%s", HEIGHTS, assembly).isTrue();
        lie.consequence()
                .ifPresent(effect ->
                        assertThat(assembly.honest())
                                .as("%s", effect)
                                .anyMatch(seat -> seat.count(effect) > 0));
        for (Seat seat : assembly.honest()) {
            int liars = assembly.seats().size() - assembly.honest().size();
            assertThat(seat.count("Accuse")).isLessThanOrEqualTo(16 * liars * 6);
        }
    }

    /** When all others have given the view up for good, not only until they hear of it. */
    @ParameterizedTest
    @ValueSource(ints = {4, 7})
    void oneAloneHoldsWhatIsSharedWithIt(int members) {
        Assembly assembly = told(new Assembly(members, members / 3, 1), Lie.SHARES_WITH_ONE);
        long end = assembly.now() + 5_000;
        while (!oneAloneHoldsANotarization(assembly) && assembly.now() < end) {
            assembly.run(5);
        }
        assertThat(oneAloneHoldsANotarization(assembly)).as("%s", assembly).isTrue();
    }

    private static boolean oneAloneHoldsANotarization(Assembly assembly) {
        List<Seat> honest = assembly.honest();
        return LongStream.rangeClosed(1, honest.getLast().view())
                .anyMatch(view -> {
                    List<Seat> others =
                            honest.stream().filter(s -> !s.holds(VoteKind.NOTARIZE, view)).toList();
                    return others.size() == honest.size() - 1
                            && others.stream().allMatch(s -> s.holds(VoteKind.NULLIFY, view));
                });
    }

    @Test
    void allLiarsAndNobodyElseVoteForInvalidBlocks() {
        Map<Hash, Set<Integer>> voters = new TreeMap<>();
        Lie lie = Lie.PROPOSES_INVALID_BLOCKS;
        Assembly assembly = new Assembly(7, 2, 1).mouth(lie);
        assembly.wire((from, to, message) -> {
            Lie.votes(message)
                    .filter(v -> v.ballot().kind() == VoteKind.NOTARIZE)
                    .filter(v -> isInvalid(assembly, v.ballot().blockHash()))
                    .forEach(v ->
                            voters.computeIfAbsent(v.ballot().blockHash(), h -> new TreeSet<>())
                                    .add(v.signer()));
            return lie.wire().millis(from, to, message);
        });
        assertThat(assembly.start().reaches(HEIGHTS, 60_000)).isTrue();
        assertThat(voters).isNotEmpty();
        assertThat(voters.values()).containsOnly(Set.of(0, 1));
    }

    private static boolean isInvalid(Assembly assembly, Hash block) {
        return assembly.header(block).stateRoot().equals(Hash.NONE);
    }

    /**
     * Who says all the time that it lacks everything is told so twice in a bound, not each time.
     */
    @Test
    void claimingToLackAllIsNoAmplifier() {
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        Assembly assembly = new Assembly(4, 1, 1).mouth(Lie.CLAIMS_TO_LACK_ALL);
        assembly.wire((from, to, message) -> {
            if (!from.isHonest() && message instanceof Status) {
                asked.incrementAndGet();
            }
            if (!to.isHonest()) {
                answered.incrementAndGet();
            }
            return Assembly.Wire.SOUND.millis(from, to, message);
        });
        assembly.start();
        assembly.work(false);
        assembly.run(20_000);
        assertThat(asked.get()).isGreaterThan(3_000);
        assertThat(answered.get()).isLessThan(asked.get());
    }

    /**
     * One member notarized another block than the others; all restart before it is final. Each asks
     * for, and serves, the block that was notarized.
     */
    @Test
    void afterARestartTheNotarizedVersionIsServed() {
        Assembly assembly = new Assembly(4, 1, 1).mouth(Lie.SHOWS_ONE_ANOTHER);
        assembly.wire((from, to, message) -> {
            boolean held = from.isHonest() && to.isHonest() && from.view() == 2;
            return held ? Assembly.Wire.LOST : Assembly.Wire.SOUND.millis(from, to, message);
        });
        assembly.start();
        while (assembly.honest().stream().anyMatch(seat -> seat.view() < 2)) {
            assembly.run(20);
        }
        assertThat(assembly.oracle().agreedHeight()).isZero();
        assembly.mouth((from, to, message) -> List.of());
        assembly.honest().forEach(seat -> seat.restart(100));
        assembly.wire(Assembly.Wire.SOUND);
        assertThat(assembly.reaches(3, 20_000)).as("%s", assembly).isTrue();
    }
}
