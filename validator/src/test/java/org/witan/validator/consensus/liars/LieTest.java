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
import org.witan.chain.block.Block;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.GetBlocks;
import org.witan.validator.consensus.message.Votes;

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
        if (lie == Lie.REPEATS_OLD_EPOCHS) {
            assembly.boundaryEvery(4);
        }
        return assembly.mouth(lie).wire(lie.wire()).start();
    }

    private static void goesOn(Assembly assembly, Lie lie) {
        boolean reached = told(assembly, lie).reaches(HEIGHTS, 60_000);
        assertThat(assembly.oracle().breaches()).isEmpty();
        assertThat(reached).as("height %d%s", HEIGHTS, assembly).isTrue();
        assertThat(assembly.lies()).as("told so often").isGreaterThan(3);
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

    /** Each asks before it signs again, and hears the lie among the answers. */
    @ParameterizedTest
    @EnumSource
    void membersAreStartedAgainWhileItIsTold(Lie lie) {
        Assembly assembly = told(new Assembly(4, 1, 1), lie);
        for (int i = 0; i < 12; i++) {
            assembly.run(300 + 37L * i);
            List<Seat> honest = assembly.honest();
            if (i % 4 == 3) {
                honest.forEach(seat -> seat.restart(10L + seat.number()));
            } else {
                honest.get(i % 3).restart(1 + 40L * i);
            }
        }
        assertThat(assembly.honest()).allMatch(seat -> seat.count("OwnVote") > 0);
        boolean reached = assembly.reaches(assembly.oracle().agreedHeight() + 10, 60_000);
        assertThat(assembly.oracle().breaches()).isEmpty();
        assertThat(reached).as("%s", assembly).isTrue();
        assertThat(assembly.lies()).as("told so often").isGreaterThan(3);
    }

    /** One lies and one loses what it signed, again and again: two of seven. */
    @ParameterizedTest
    @EnumSource
    void whoLosesItsVotesContradictsNothing(Lie lie) {
        Assembly assembly = told(new Assembly(7, 1, 1), lie);
        Seat forgetful = assembly.honest().getLast();
        for (int i = 0; i < 12; i++) {
            assembly.run(700 + 41L * i);
            forgetful.lose(1 + 3L * i);
        }
        boolean reached = assembly.reaches(assembly.oracle().agreedHeight() + 10, 60_000);
        assertThat(assembly.oracle().breaches()).isEmpty();
        assertThat(reached).as("%s", assembly).isTrue();
        assertThat(assembly.lies()).as("told so often").isGreaterThan(3);
    }

    /**
     * All votes are lost on the way, so that nobody can show a member what it signed; it must wait,
     * whatever view a liar says that it is in.
     */
    @Test
    void noNumberThatALiarSaysEndsTheWait() {
        Lie lie = Lie.ANSWERS_ANYTHING;
        Assembly assembly = new Assembly(7, 1, 1).asked().mouth(lie);
        assembly.wire((from, to, message) ->
                message instanceof Votes
                        ? Assembly.Wire.LOST
                        : lie.wire().millis(from, to, message));
        assembly.start().run(300);
        Seat forgetful = assembly.honest().getLast();
        assertThat(forgetful.view()).isEqualTo(1);
        assertThat(forgetful.count("OwnVote")).isPositive();
        forgetful.lose(1);
        int before = forgetful.count("OwnVote");
        assembly.run(20_000);
        assertThat(forgetful.count("OwnVote")).isEqualTo(before);
        assembly.wire(lie.wire());
        assertThat(assembly.reaches(HEIGHTS, 60_000)).as("%s", assembly).isTrue();
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

    @Test
    void nobodyHonestVotesForABlockThatIsTooLarge() {
        Assembly assembly = told(new Assembly(4, 1, 1), Lie.PROPOSES_TOO_MUCH);
        assertThat(assembly.reaches(HEIGHTS, 60_000)).isTrue();
        int most = assembly.epochs().epoch(1).configuration().rules().blockMaxBytes();
        Set<Hash> tooLarge = new TreeSet<>();
        assembly.blocks().stream()
                .filter(block -> block.header().bodyBytes() > most)
                .forEach(block -> tooLarge.add(block.hash()));
        assertThat(tooLarge).isNotEmpty();
        for (Seat seat : assembly.honest()) {
            assertThat(seat.voted()).isNotEmpty().doesNotContainAnyElementsOf(tooLarge);
        }
    }

    /** They are asked for it right away, as for one that they hold. */
    @Test
    void nobodyHonestHoldsABlockThatItDidNotAskFor() {
        Lie lie = Lie.SENDS_BLOCKS_UNASKED;
        Set<Hash> unasked = new TreeSet<>();
        Set<Hash> served = new TreeSet<>();
        Assembly assembly = new Assembly(4, 1, 1).mouth(lie);
        assembly.wire((from, to, message) -> {
            int millis = lie.wire().millis(from, to, message);
            if (from.isHonest() && message instanceof Blocks(var blocks)) {
                blocks.forEach(block -> served.add(block.hash()));
            } else if (message instanceof Blocks(var blocks)) {
                unasked.add(blocks.getFirst().hash());
                List<Hash> both = blocks.stream().map(Block::hash).toList();
                Input asks = new Input.Received(TestEpochs.id(0), new GetBlocks(both));
                assembly.at(assembly.now() + millis + 1, () -> to.feed(asks));
            }
            return millis;
        });
        assertThat(assembly.start().reaches(HEIGHTS, 60_000)).isTrue();
        assertThat(unasked).isNotEmpty();
        assertThat(served).isNotEmpty().doesNotContainAnyElementsOf(unasked);
    }

    private static boolean isInvalid(Assembly assembly, Hash block) {
        return assembly.header(block).stateRoot().equals(Hash.NONE);
    }

    /**
     * Who says all the time that it lacks everything, and is believed, since there is something to
     * lack, is told it now and then and not each time: what comes back is less than what it says.
     */
    @Test
    void claimingToLackAllIsNoAmplifier() {
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();
        AtomicLong proofs = new AtomicLong();
        Assembly assembly = told(new Assembly(4, 1, 1), Lie.CLAIMS_TO_LACK_ALL);
        assertThat(assembly.reaches(HEIGHTS, 60_000)).isTrue();
        assembly.work(false);
        assembly.wire((from, to, message) -> {
            AtomicLong bytes = from.isHonest() ? answered : asked;
            if (from.isHonest() != to.isHonest()) {
                bytes.addAndGet(ConsensusMessage.CODEC.encode(message).length);
            }
            if (!to.isHonest() && message instanceof Certificates) {
                proofs.incrementAndGet();
            }
            return Assembly.Wire.SOUND.millis(from, to, message);
        });
        assembly.run(20_000);
        assertThat(proofs.get()).as("times it was told what it lacks").isPositive();
        assertThat(asked.get()).as("bytes of the liar").isGreaterThan(100_000);
        assertThat(answered.get()).as("bytes that came back").isLessThan(asked.get());
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
