package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.chain.state.govern.TestCouncil.organisation;
import static org.witan.chain.state.govern.TestCouncil.validator;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AbortUpgrade;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Change.PlanUpgrade;
import org.witan.chain.change.Change.Suspend;
import org.witan.chain.change.Followers;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.change.UpgradePlan.Result;
import org.witan.chain.change.UpgradePlan.Stage;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** Upgrade plans, the permit to restart and protocol levels, in a network of three and four. */
final class UpgradesTest {
    private static final Rules RULES = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 50, 4);
    private static final Hash ARCHIVE = Digest.plain().add(7).done();

    private final TestCouncil council = new TestCouncil(3, 4, RULES);

    @Test
    void aPlanGoesFromItsApprovalToTheLevelInForce() {
        long plan = approvedPlan(2, 1000);
        assertThat(stage()).isEqualTo(Stage.APPROVED);
        for (int i = 1; i <= 4; i++) {
            assertThat(say(validator(i), new Permit(plan, 10))).isEqualTo(Outcome.DONE);
            assertThat(stage()).isEqualTo(Stage.ROLLING);
            attest(i, 2);
            assertThat(say(validator(i), new Report(plan, Result.UPGRADED)))
                    .isEqualTo(Outcome.DONE);
            assertThat(say(validator(i), new Permit(plan, 0))).isEqualTo(Outcome.DONE);
        }
        assertThat(stage()).isEqualTo(Stage.SOAKING);
        assertThat(council.configuration().protocolLevel()).isEqualTo(1);
        long change = proposed(new FinaliseUpgrade(plan));
        assertThat(stage()).isEqualTo(Stage.FINALISING);
        approveAll(change);
        assertThat(stage()).isEqualTo(Stage.DONE);
        assertThat(council.configuration().protocolLevel()).isEqualTo(2);
        assertThat(plan().closed()).isEqualTo(council.state().height());
    }

    /** The level is part of the configuration, so the block that finalises ends its epoch. */
    @Test
    void theLevelIsInForceBehindABoundary() {
        long plan = approvedPlan(2, 1000);
        attestAll(2);
        long change = proposed(new FinaliseUpgrade(plan));
        Hash before = council.configuration().hash();
        var boundary = council.block(council.sign(organisation(2), council.approval(change)));
        assertThat(boundary.next().protocolLevel()).isEqualTo(2);
        assertThat(boundary.next().hash()).isNotEqualTo(before);
        assertThat(council.state().value(StatePath.PREVIOUS_CONFIGURATION)).isPresent();
    }

    @Test
    void anotherReleaseOfTheSameLevelMakesNoBoundary() {
        long plan = approvedPlan(1, 1000);
        attestAll(1);
        Hash before = council.configuration().hash();
        decide(new FinaliseUpgrade(plan));
        assertThat(stage()).isEqualTo(Stage.DONE);
        assertThat(council.configuration().hash()).isEqualTo(before);
    }

    @Test
    void onePlanAtATimeOfThisLevelOrTheNext() {
        assertThat(refused(release(0, 1000))).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(refused(release(3, 1000))).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(refused(release(2, council.state().height()))).isEqualTo(Outcome.OUT_OF_RANGE);
        long first = proposed(release(2, 1000));
        long second = proposed(release(1, 1000));
        approveAll(first);
        assertThat(council.approve(2, second).outcome()).isEqualTo(Outcome.PLAN_IN_FLIGHT);
        assertThat(refused(release(2, 1000))).isEqualTo(Outcome.PLAN_IN_FLIGHT);
        decide(new AbortUpgrade(first));
        UpgradePlan aborted = plan();
        assertThat(council.approve(3, second).outcome()).isEqualTo(Outcome.DONE);
        assertThat(plan().number()).isEqualTo(second);
        assertThat(council.state().value(StatePath.upgrade(first)))
                .contains(UpgradePlan.CODEC.encode(aborted));
    }

    /** An old plan never fires. */
    @Test
    void whatHasEndedStaysSo() {
        long aborted = approvedPlan(2, 1000);
        attestAll(2);
        long finalise = proposed(new FinaliseUpgrade(aborted));
        decide(new AbortUpgrade(aborted));
        assertThat(stage()).isEqualTo(Stage.ABORTED);
        council.approve(2, finalise);
        assertThat(council.approve(3, finalise).outcome()).isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(say(validator(1), new Permit(aborted, 5))).isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(say(validator(1), new Report(aborted, Result.BACK)))
                .isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(refused(new AbortUpgrade(aborted))).isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(council.configuration().protocolLevel()).isEqualTo(1);
    }

    @Test
    void aPlanExpires() {
        long plan = approvedPlan(2, council.state().height() + 10);
        attestAll(2);
        while (council.state().height() < plan().release().deadline()) {
            assertThat(stage()).isEqualTo(Stage.APPROVED);
            council.block();
        }
        assertThat(stage()).isEqualTo(Stage.EXPIRED);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(say(validator(1), new Permit(plan, 5))).isEqualTo(Outcome.PLAN_CLOSED);
        assertThat(approvedPlan(2, 1000)).isGreaterThan(plan);
    }

    @Test
    void everyMemberThatRunsANodeAttestsFirst() {
        attestAll(2);
        decide(council.add("observer", 1, Role.OBSERVER, false));
        decide(council.add("client", 1, Role.CLIENT, false));
        long plan = approvedPlan(2, 1000);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.NOT_ATTESTED);
        for (int i = 1; i <= 4; i++) {
            attest(i, 2);
            assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.NOT_ATTESTED);
        }
        say(Sender.member(new NodeId("observer")), attestation(2));
        long change = proposed(new FinaliseUpgrade(plan));
        attest(3, 1);
        council.approve(2, change);
        assertThat(council.approve(3, change).outcome()).isEqualTo(Outcome.NOT_ATTESTED);
        attest(3, 2);
        assertThat(council.approve(3, change).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.configuration().protocolLevel()).isEqualTo(2);
    }

    /** Upgrade on Sunday while one node refuses. */
    @Test
    void whoRefusesIsSuspendedOrStopsTheUpgrade() {
        decide(council.add("v5", 1));
        say(Sender.member(new NodeId("v5")), attestation(1));
        long plan = approvedPlan(2, 1000);
        attestAll(2);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.NOT_ATTESTED);
        decide(new Suspend(new NodeId("v5")));
        decide(new FinaliseUpgrade(plan));
        assertThat(council.configuration().protocolLevel()).isEqualTo(2);
    }

    /** What the former key of a member said is no word of the one that holds the new key. */
    @Test
    void aKeySpeaksForItself() {
        long plan = approvedPlan(2, 1000);
        attestAll(2);
        say(validator(4), council.rotation(validator(4), "v4 again"));
        council.know(validator(4), "v4 again", 1);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.NOT_ATTESTED);
        attest(4, 2);
        decide(new FinaliseUpgrade(plan));
        assertThat(council.configuration().protocolLevel()).isEqualTo(2);
    }

    @Test
    void oneMemberAtATimeRestarts() {
        long plan = approvedPlan(2, 1000);
        assertThat(say(validator(1), new Permit(plan, 6))).isEqualTo(Outcome.DONE);
        long until = council.state().height() + 6;
        assertThat(plan().holder(until)).contains(new NodeId("v1"));
        assertThat(say(validator(2), new Permit(plan, 6))).isEqualTo(Outcome.PERMIT_HELD);
        assertThat(say(validator(2), new Permit(plan, 0))).isEqualTo(Outcome.WRONG_STATE);
        assertThat(say(validator(2), new Report(plan, Result.FAILED)))
                .isEqualTo(Outcome.WRONG_STATE);
        assertThat(say(validator(1), new Permit(plan, 3))).as("once more").isEqualTo(Outcome.DONE);
        until = council.state().height() + 3;
        while (council.state().height() < until - 1) {
            council.block();
        }
        assertThat(say(validator(2), new Permit(plan, 6))).isEqualTo(Outcome.PERMIT_HELD);
        assertThat(say(validator(2), new Permit(plan, 6))).as("lapsed").isEqualTo(Outcome.DONE);
        assertThat(say(validator(2), new Permit(plan, 0))).isEqualTo(Outcome.DONE);
        assertThat(say(validator(3), new Permit(plan, 6))).isEqualTo(Outcome.DONE);
    }

    @Test
    void aPermitIsForMembersOfThisPlanAndTime() {
        long plan = approvedPlan(2, 1000);
        decide(council.add("client", 1, Role.CLIENT, false));
        Sender client = Sender.member(new NodeId("client"));
        assertThat(say(client, new Permit(plan, 5))).isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(say(organisation(1), new Permit(plan, 5))).isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(say(validator(1), new Permit(plan + 9, 5))).isEqualTo(Outcome.NO_SUCH_PLAN);
        assertThat(say(validator(1), new Permit(plan, 100_001))).isEqualTo(Outcome.OUT_OF_RANGE);
    }

    /** Of four, one can be spared; while v4 has not shown that it runs, nobody else can. */
    @Test
    void whoCannotBeSparedGetsNoPermit() {
        long plan = approvedPlan(2, 1000);
        say(validator(4), council.rotation(validator(4), "v4 again"));
        council.know(validator(4), "v4 again", 1);
        assertThat(say(validator(1), new Permit(plan, 5))).isEqualTo(Outcome.NO_MARGIN);
        assertThat(say(validator(4), new Permit(plan, 5))).as("itself").isEqualTo(Outcome.DONE);
        say(validator(4), new Permit(plan, 0));
        attest(4, 2);
        assertThat(say(validator(1), new Permit(plan, 5))).isEqualTo(Outcome.DONE);
        assertThat(say(validator(2), council.rotation(validator(2), "v2 again")))
                .as("another key while one restarts")
                .isEqualTo(Outcome.TOO_FEW_READY);
        decide(council.add("observer", 1, Role.OBSERVER, false));
    }

    @Test
    void anUpgradeIsReportedByWhoRunsIt() {
        long plan = approvedPlan(2, 1000);
        say(validator(1), new Permit(plan, 5));
        assertThat(say(validator(1), new Report(plan, Result.UPGRADED)))
                .isEqualTo(Outcome.NOT_ATTESTED);
        attest(1, 2);
        assertThat(say(validator(1), new Report(plan, Result.UPGRADED))).isEqualTo(Outcome.DONE);
        assertThat(plan().word(new NodeId("v1")).orElseThrow().result()).isEqualTo(Result.UPGRADED);
        assertThat(say(validator(1), new Report(plan, Result.BACK))).isEqualTo(Outcome.DONE);
        assertThat(plan().reports()).hasSize(1);
        assertThat(plan().failures()).isZero();
    }

    @Test
    void twoFailuresSuspendAPlan() {
        long plan = approvedPlan(2, 1000);
        attestAll(2);
        for (int i = 1; i <= 2; i++) {
            assertThat(plan().isSuspended()).isFalse();
            say(validator(i), new Permit(plan, 5));
            assertThat(say(validator(i), new Report(plan, Result.FAILED))).isEqualTo(Outcome.DONE);
            say(validator(i), new Permit(plan, 0));
        }
        assertThat(plan().isSuspended()).isTrue();
        assertThat(say(validator(3), new Permit(plan, 5))).isEqualTo(Outcome.PLAN_SUSPENDED);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.PLAN_SUSPENDED);
        decide(new AbortUpgrade(plan));
    }

    @Test
    void finalisingAndRestartingExcludeEachOther() {
        long plan = approvedPlan(2, 1000);
        attestAll(2);
        say(validator(1), new Permit(plan, 40));
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.PERMIT_HELD);
        say(validator(1), new Permit(plan, 0));
        proposed(new FinaliseUpgrade(plan));
        assertThat(say(validator(1), new Permit(plan, 5))).isEqualTo(Outcome.CHANGE_IN_FLIGHT);
        assertThat(refused(new Suspend(new NodeId("v1")))).isEqualTo(Outcome.CHANGE_IN_FLIGHT);
        assertThat(refused(new FinaliseUpgrade(plan))).isEqualTo(Outcome.CHANGE_IN_FLIGHT);
    }

    @Test
    void followersAreWhoRunsANodeAndDoesNotVote() {
        decide(council.add("o-1", 1, Role.OBSERVER, false));
        decide(council.add("l-1", 1, Role.VALIDATOR, true));
        decide(council.add("c-1", 1, Role.CLIENT, false));
        assertThat(followers()).containsExactly("l-1", "o-1");
        say(Sender.member(new NodeId("l-1")), attestation(1));
        assertThat(followers()).containsExactly("o-1");
        decide(new Suspend(new NodeId("o-1")));
        assertThat(council.state().value(StatePath.FOLLOWERS)).isEmpty();
        decide(new Change.Resume(new NodeId("o-1")));
        assertThat(followers()).containsExactly("o-1");
        decide(new Change.RemoveMember(new NodeId("o-1")));
        assertThat(council.state().value(StatePath.FOLLOWERS)).isEmpty();
    }

    private List<String> followers() {
        return council.state().value(StatePath.FOLLOWERS).stream()
                .flatMap(bytes -> Followers.CODEC.decode(bytes).orThrow().ids().stream())
                .map(NodeId::value)
                .toList();
    }

    private UpgradePlan plan() {
        Optional<byte[]> bytes = council.state().value(StatePath.UPGRADE);
        return UpgradePlan.CODEC.decode(bytes.orElseThrow()).orThrow();
    }

    private Stage stage() {
        List<NodeId> nodes = council.validators().stream().map(NodeId::new).toList();
        return plan().stage(council.council(), nodes, council.state().height() + 1);
    }

    private static PlanUpgrade release(int level, long deadline) {
        return new PlanUpgrade(level, "witan-0.2.0.tar.gz", ARCHIVE, deadline);
    }

    private long approvedPlan(int level, long deadline) {
        long number = proposed(release(level, deadline));
        approveAll(number);
        return number;
    }

    private void attestAll(int level) {
        for (int i = 1; i <= 4; i++) {
            attest(i, level);
        }
    }

    private void attest(int validator, int level) {
        assertThat(say(validator(validator), attestation(level))).isEqualTo(Outcome.DONE);
    }

    private Attest attestation(int level) {
        long held = council.state().height();
        return new Attest(held, Hash.NONE, 1, level, "0." + level + ".0");
    }

    private Outcome say(Sender sender, Operation operation) {
        return council.run(sender, operation).outcome();
    }

    private Outcome refused(Change change) {
        return council.propose(1, change).outcome();
    }

    private long proposed(Change change) {
        Receipt proposed = council.propose(1, change);
        assertThat(proposed.outcome()).isEqualTo(Outcome.DONE);
        return proposed.version();
    }

    private void approveAll(long number) {
        for (int i = 2; council.proposal(number).orElseThrow().closed() == 0; i++) {
            assertThat(council.approve(i, number).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    private void decide(Change change) {
        approveAll(proposed(change));
    }
}
