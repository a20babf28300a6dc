package org.witan.validator.consensus.round;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Quorum;
import org.witan.genesis.membership.Rules;

/** How long, whose turn, how many: C1, C6 and C7. */
class TimeoutsTest {
    private static final long DELTA = Rules.DEFAULT.networkDelayMillis();

    private final Timeouts timeouts = new Timeouts(Rules.DEFAULT, 4);

    @Test
    void withoutWorkThereIsNoDeadline() {
        timeouts.enter(1_000, 1);
        assertThat(timeouts.leaderDeadline(Timeouts.NEVER)).isEqualTo(Timeouts.NEVER);
        assertThat(timeouts.leaderDeadline(0)).isEqualTo(Timeouts.NEVER);
        assertThat(timeouts.advanceDeadline()).isEqualTo(Timeouts.NEVER);
        assertThat(timeouts.retryDeadline()).isEqualTo(Timeouts.NEVER);
    }

    @Test
    void patienceStartsWithWorkAndEndsWithIt() {
        timeouts.enter(1_000, 1);
        timeouts.expectWork(true, 5_000);
        timeouts.expectWork(true, 6_000);
        assertThat(timeouts.leaderDeadline(Timeouts.NEVER)).isEqualTo(5_000 + 7 * DELTA + 20);
        timeouts.expectWork(false, 6_000);
        assertThat(timeouts.leaderDeadline(Timeouts.NEVER)).isEqualTo(Timeouts.NEVER);
    }

    @Test
    void anAbsentLeaderGetsAQuarterOfTheBound() {
        timeouts.enter(1_000, 1);
        timeouts.expectWork(true, 5_000);
        assertThat(timeouts.leaderDeadline(0)).isEqualTo(5_000 + DELTA / 4);
        assertThat(timeouts.leaderDeadline(5_100)).isEqualTo(5_100);
        assertThat(timeouts.leaderDeadline(9_000)).isEqualTo(5_000 + 7 * DELTA + 20);
    }

    /** L9: it doubles after each whole rotation without finality, resets, and has an end. */
    @Test
    void patienceDoublesOncePerRotation() {
        assertThat(advance(1)).isEqualTo(8 * DELTA);
        assertThat(advance(4)).isEqualTo(8 * DELTA);
        assertThat(advance(5)).isEqualTo(11 * DELTA);
        assertThat(advance(9)).isEqualTo(17 * DELTA);
        assertThat(advance(1_000_000)).isEqualTo((3 * 64 + 5) * DELTA);
        assertThat(advance(1)).isEqualTo(8 * DELTA);
        Rules slow = new Rules(10_000, 1 << 20, 1, 0, 1, 1 << 16, 10, 1);
        Timeouts capped = new Timeouts(slow, 4);
        capped.enter(0, 100);
        capped.sawProposal(0);
        assertThat(capped.advanceDeadline()).isEqualTo(60_000);
    }

    private long advance(long unfinalized) {
        timeouts.enter(0, unfinalized);
        timeouts.sawProposal(0);
        return timeouts.advanceDeadline();
    }

    @Test
    void repeatsEverMoreSlowly() {
        timeouts.enter(0, 1);
        long now = 0;
        for (long pause : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
            timeouts.repeatLater(now);
            assertThat(timeouts.retryDeadline() - now).isEqualTo(pause);
            now = timeouts.retryDeadline();
        }
    }

    @Test
    void leadersTakeTurns() {
        Leaders leaders = Leaders.of(4, Hash.ofHex("00000003" + "ff".repeat(28)));
        assertThat(new int[] {leaders.at(1), leaders.at(2), leaders.at(5)})
                .containsExactly(3, 0, 3);
        assertThat(Leaders.of(4, Hash.NONE).at(1)).isZero();
        assertThat(Leaders.of(100, Digest.tagged("any").done()).at(1)).isBetween(0, 99);
    }

    @Test
    @DisplayName("D1 1: two quorums share f+1 members, and the honest ones are a quorum")
    void quorumsIntersect() {
        for (int n = 1; n <= 100; n++) {
            Quorum quorum = new Quorum(n);
            assertThat(2 * quorum.size() - n).isGreaterThanOrEqualTo(quorum.faults() + 1);
            assertThat(quorum.size()).isLessThanOrEqualTo(n - quorum.faults());
        }
    }
}
