package org.witan.validator.consensus.liars;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;

/** Situations that networks with such a protocol got stuck in, or could. */
class LivenessTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final int D = 3;

    @Test
    @DisplayName(
            "L1: two groups hold opposite certificates of two views, one holds only U, f only"
                    + " give up")
    void l1TwoGroupsWithOppositeCertificates() {
        Assembly assembly = new Assembly(10, 3, 1).mouth(LivenessTest::onlyGivesUp);
        Past past = new Past(assembly);
        Block one = past.block(1);
        Block two = past.block(2);
        Certificate n1 = past.notarized(one, 0, 1, 2, 3, 4, 5, 6);
        Certificate u1 = past.nullified(1, 0, 1, 2, 6, 7, 8, 9);
        Certificate n2 = past.notarized(two, 0, 1, 2, 6, 7, 8, 9);
        Certificate u2 = past.nullified(2, 0, 1, 2, 3, 4, 5, 9);
        for (int member = 3; member <= 5; member++) {
            past.holds(member, n1, u2);
            past.finalized(member, one);
        }
        for (int member = 6; member <= 8; member++) {
            past.holds(member, u1, n2);
            past.finalized(member, two);
        }
        past.holds(9, u1, u2);
        goesOn(past.over(), 3, 20_000);
    }

    private static List<ConsensusMessage> onlyGivesUp(
            Seat from, Seat to, ConsensusMessage message) {
        if (!(message instanceof Votes(var votes))) {
            return List.of();
        }
        List<Vote> kept = votes.stream().filter(v -> is(v, VoteKind.NULLIFY)).toList();
        return kept.isEmpty() ? List.of() : List.of(new Votes(kept));
    }

    private static boolean is(Vote vote, VoteKind kind) {
        return vote.ballot().kind() == kind;
    }

    @Test
    @DisplayName("L2: each of three honest members alone holds the notarization of another view")
    void l2EachHoldsAnotherNotarization() {
        Assembly assembly = new Assembly(4, 1, 1).mouth((from, to, message) -> List.of());
        Past past = new Past(assembly);
        Block one = past.block(1);
        Block five = past.block(5);
        Block nine = past.block(9);
        Certificate n1 = past.notarized(one, A, B, C);
        Certificate u1 = past.nullified(1, A, C, D);
        Certificate n5 = past.notarized(five, A, C, D);
        Certificate u5 = past.nullified(5, A, B, D);
        Certificate n9 = past.notarized(nine, A, B, D);
        Certificate u9 = past.nullified(9, A, B, C);
        for (long view : new long[] {2, 3, 4, 6, 7, 8}) {
            Certificate skipped = past.nullified(view, B, C, D);
            List.of(B, C, D).forEach(member -> past.holds(member, skipped));
        }
        past.holds(B, n1, u1, u5, u9);
        past.finalized(B, one);
        past.holds(C, u1, n5, u9);
        past.finalized(C, five);
        past.holds(D, u1, u5, n9);
        past.finalized(D, nine);
        goesOn(past.over(), 3, 10_000);
    }

    @Test
    @DisplayName("L3: the only holder of a notarization leads next, or last")
    void l3TheOnlyHolderLeadsFirstOrLast() {
        for (int holder : new int[] {B, A}) {
            Assembly assembly = new Assembly(4);
            Past past = new Past(assembly);
            Block one = past.block(1);
            int other = holder == B ? A : B;
            Certificate n1 = past.notarized(one, A, B, D);
            Certificate u1 = past.nullified(1, other, C, D);
            past.holds(holder, n1);
            past.finalized(holder, one);
            past.holds(other, u1);
            past.holds(C, u1);
            goesOn(past.over(D), 3, 10_000);
        }
    }

    @Test
    @DisplayName("L4: the holder of a notarization lacks the proof for the views that it skips")
    void l4TheHolderLacksTheGap() {
        Assembly assembly = new Assembly(4, 1, 1).mouth((from, to, message) -> List.of());
        Past past = new Past(assembly);
        Block three = past.block(3);
        Certificate u1 = past.nullified(1, A, C, D);
        Certificate u2 = past.nullified(2, A, C, D);
        Certificate n3 = past.notarized(three, A, C, D);
        Certificate u3 = past.nullified(3, A, C, D);
        past.holds(B, n3);
        past.holds(C, u1, u2, u3);
        past.holds(D, u1, u2, u3);
        goesOn(past.over(), 3, 10_000);
    }

    @Test
    @DisplayName("L5: all votes to give a view up are lost once")
    void l5AllNullifyVotesAreLostOnce() {
        Set<String> lost = new TreeSet<>();
        Assembly assembly = new Assembly(4);
        assembly.wire((from, to, message) -> {
            boolean first =
                    message instanceof Votes(var votes)
                            && votes.stream().anyMatch(v -> is(v, VoteKind.NULLIFY))
                            && lost.add(from.view() + ":" + from.number() + ">" + to.number());
            return first ? Assembly.Wire.LOST : Assembly.Wire.SOUND.millis(from, to, message);
        });
        goesOn(new Past(assembly).over(B), 3, 20_000);
        assertThat(lost).hasSizeGreaterThan(8);
    }

    @Test
    @DisplayName("L6: all votes to finalize the last block are lost, and no transaction follows")
    void l6TheLastBlockBecomesFinalWithoutWork() {
        Assembly assembly = new Assembly(4);
        long until = assembly.now() + 1_000;
        assembly.wire((from, to, message) -> {
            boolean lost =
                    assembly.now() < until
                            && message instanceof Votes(var votes)
                            && votes.stream().anyMatch(v -> is(v, VoteKind.FINALIZE));
            return lost ? Assembly.Wire.LOST : Assembly.Wire.SOUND.millis(from, to, message);
        });
        assembly.start();
        while (assembly.seats().stream().allMatch(seat -> seat.view() == 1)) {
            assembly.run(5);
        }
        assembly.work(false);
        goesOn(assembly, 1, 5_000);
        assertThat(assembly.now()).isGreaterThan(until);
    }

    @Test
    @DisplayName("L8: one member is off and f others are slow")
    void l8OneIsOffAndOthersAreSlow() {
        Assembly assembly = new Assembly(7);
        assembly.wire((from, to, message) ->
                from.member() < 2 ? 95 : Assembly.Wire.SOUND.millis(from, to, message));
        goesOn(new Past(assembly).over(6), 20, 30_000);
    }

    @Test
    @DisplayName(
            "L9: patience that grew in the bad time is small again after it, and never above"
                    + " its cap")
    void l9PatienceFallsBack() {
        Assembly assembly = new Assembly(4);
        long[] whole = {assembly.now() + 600_000};
        assembly.wire((from, to, message) ->
                message instanceof Proposal && assembly.now() < whole[0]
                        ? Assembly.Wire.LOST
                        : Assembly.Wire.SOUND.millis(from, to, message));
        assembly.start();
        long longest = longestView(assembly, 600_000);
        assertThat(longest).as("64 times the patience of a view").isBetween(12_000L, 14_000L);
        long views = assembly.seat(B).view();
        assertThat(views).as("views in ten minutes").isBetween(10L, 200L);
        goesOn(assembly, 2, 61_000);
        assembly.wire((from, to, message) ->
                from.member() == A || to.member() == A
                        ? Assembly.Wire.LOST
                        : Assembly.Wire.SOUND.millis(from, to, message));
        long three =
                LongStream.of(B, C, D)
                        .map(m -> assembly.oracle().height((int) m))
                        .max()
                        .orElseThrow();
        assembly.run(10_000);
        long least =
                Arrays.stream(new int[] {B, C, D})
                        .mapToLong(assembly.oracle()::height)
                        .min()
                        .orElseThrow();
        assertThat(least).as("without a fourth").isGreaterThan(three + 12);
        assertThat(assembly.oracle().breaches()).isEmpty();
    }

    /** How long B stayed in a view at most, in so long. */
    private static long longestView(Assembly assembly, long millis) {
        long end = assembly.now() + millis;
        long since = assembly.now();
        long longest = 0;
        long view = assembly.seat(B).view();
        while (assembly.now() < end) {
            assembly.run(100);
            longest = Math.max(longest, assembly.now() - since);
            if (assembly.seat(B).view() != view) {
                view = assembly.seat(B).view();
                since = assembly.now();
            }
        }
        return longest;
    }

    private static void goesOn(Assembly assembly, long height, long withinMillis) {
        long goal = assembly.oracle().agreedHeight() + height;
        boolean reached = reachesUp(assembly, goal, withinMillis);
        assertThat(assembly.oracle().breaches()).isEmpty();
        assertThat(reached).as("height %d in %d ms%s", goal, withinMillis, assembly).isTrue();
    }

    /** Members that are down do not count. */
    private static boolean reachesUp(Assembly assembly, long goal, long withinMillis) {
        long end = assembly.now() + withinMillis;
        while (assembly.now() < end
                && assembly.honest().stream()
                        .filter(Seat::isUp)
                        .anyMatch(s -> assembly.oracle().height(s.member()) < goal)) {
            assembly.run(20);
        }
        return assembly.now() < end;
    }
}
