package org.witan.validator.link.dial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.link.handshake.Intent;

/** Who opens, and when (W1 to W5). */
class DialPlanTest {
    private static final NodeId ALPHA = new NodeId("alpha");
    private static final NodeId BETA = new NodeId("beta");

    private static Direction direction(Role self, Role other) {
        return Direction.of(ALPHA, self, BETA, other);
    }

    @Test
    void theGreaterOfTwoValidatorsOpens() {
        assertThat(Direction.of(BETA, Role.VALIDATOR, ALPHA, Role.VALIDATOR))
                .isEqualTo(Direction.OPENS);
        assertThat(direction(Role.VALIDATOR, Role.VALIDATOR)).isEqualTo(Direction.WAITS);
        assertThat(Direction.of(ALPHA, Role.VALIDATOR, ALPHA, Role.VALIDATOR))
                .isEqualTo(Direction.NONE);
    }

    @Test
    void othersAlwaysOpenToValidatorsAndToNobodyElse() {
        assertThat(direction(Role.GATEWAY, Role.VALIDATOR)).isEqualTo(Direction.OPENS);
        assertThat(direction(Role.OBSERVER, Role.VALIDATOR)).isEqualTo(Direction.OPENS);
        assertThat(direction(Role.VALIDATOR, Role.OBSERVER)).isEqualTo(Direction.IS_CALLED);
        assertThat(direction(Role.GATEWAY, Role.OBSERVER)).isEqualTo(Direction.NONE);
        assertThat(direction(Role.VALIDATOR, Role.CLIENT)).isEqualTo(Direction.NONE);
    }

    @Test
    void backOffDoublesToThirtySeconds() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        long now = 0;
        long[] waits = {500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (long wait : waits) {
            assertThat(plan.due(now)).contains(Intent.LINK);
            assertThat(plan.due(now)).as("one attempt at a time").isEmpty();
            plan.failed(now, 1);
            assertThat(plan.wakeAtMillis()).isEqualTo(now + wait);
            assertThat(plan.due(now + wait - 1)).isEmpty();
            now += wait;
        }
    }

    @Test
    void whoIsKeptOutIsNotTriedThoughItKnocks() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        assertThat(plan.wakeAtMillis()).isZero();
        assertThat(plan.keepOut(0)).isTrue();
        plan.summoned(10);
        assertThat(plan.keepsOut(999)).isTrue();
        assertThat(plan.due(999)).isEmpty();
        assertThat(plan.wakeAtMillis()).isEqualTo(1_000);
        assertThat(plan.keepsOut(1_000)).isFalse();
        assertThat(plan.due(1_000)).contains(Intent.LINK);
    }

    @Test
    void aKnockEndsTheWait() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        plan.due(0);
        plan.failed(0, 1);
        plan.summoned(10);
        assertThat(plan.due(10)).contains(Intent.LINK);
        plan.summoned(11);
        plan.failed(12, 1);
        assertThat(plan.due(12)).as("knocked during the attempt").contains(Intent.LINK);
    }

    @Test
    void theWaitingSideKnocksThreeTimesThenRescues() {
        DialPlan plan = new DialPlan(Direction.WAITS, 0, DialPlan.WINDOW_MILLIS);
        long now = 0;
        for (int window = 0; window < 3; window++) {
            assertThat(plan.due(now)).contains(Intent.KNOCK);
            plan.heard(now);
            assertThat(plan.wakeAtMillis()).isEqualTo(now + 10_000);
            now += 10_000;
        }
        assertThat(plan.due(now)).contains(Intent.RESCUE);
        plan.failed(now, 1);
        assertThat(plan.due(now + 500)).contains(Intent.KNOCK);
    }

    @Test
    void whoIsOnlyCalledNeverTries() {
        DialPlan plan = new DialPlan(Direction.IS_CALLED, 0, DialPlan.WINDOW_MILLIS);
        plan.summoned(0);
        assertThat(plan.due(1_000_000)).isEmpty();
        plan.upByOther(0);
        plan.down(1, 0.5);
        assertThat(plan.wakeAtMillis()).isEqualTo(DialPlan.NEVER);
    }

    @Test
    void linksAreRenewedByWhoeverOpenedThem() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        plan.due(0);
        plan.upByUs(0, 86_400_000, Intent.LINK);
        assertThat(plan.due(86_399_999)).isEmpty();
        assertThat(plan.due(86_400_000)).contains(Intent.LINK);
        plan.failed(86_400_000, 1);
        assertThat(plan.wakeAtMillis()).as("tries again").isEqualTo(86_460_000);
        DialPlan waiting = new DialPlan(Direction.WAITS, 0, DialPlan.WINDOW_MILLIS);
        waiting.due(0);
        waiting.upByOther(0);
        waiting.failed(1, 1);
        assertThat(waiting.due(DialPlan.NEVER - 1)).isEmpty();
    }

    @Test
    void aLinkThatHeldForgivesOldFailures() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        for (int i = 0; i < 5; i++) {
            plan.due(plan.wakeAtMillis());
            plan.failed(0, 0);
        }
        plan.upByUs(0, DialPlan.NEVER, Intent.LINK);
        plan.down(60_000, 1);
        assertThat(plan.wakeAtMillis()).isEqualTo(60_500);
    }

    /** The set changed: whoever opened renews by then, and nobody later than planned. */
    @Test
    void aChangedSetBringsTheRenewalForward() {
        DialPlan plan = new DialPlan(Direction.OPENS, 0, DialPlan.WINDOW_MILLIS);
        plan.renewBy(1);
        assertThat(plan.due(0)).as("nothing to renew yet").contains(Intent.LINK);
        plan.upByUs(10, 1_000, Intent.LINK);
        plan.renewBy(5_000);
        assertThat(plan.wakeAtMillis()).isEqualTo(1_000);
        plan.renewBy(500);
        assertThat(plan.wakeAtMillis()).isEqualTo(500);
        assertThat(plan.due(500)).contains(Intent.LINK);
        DialPlan other = new DialPlan(Direction.WAITS, 0, DialPlan.WINDOW_MILLIS);
        other.upByOther(10);
        other.renewBy(500);
        assertThat(other.wakeAtMillis()).isEqualTo(DialPlan.NEVER);
    }
}
