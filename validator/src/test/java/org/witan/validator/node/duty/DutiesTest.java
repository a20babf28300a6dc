package org.witan.validator.node.duty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.state.StatePath;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.api.FakeNode;
import org.witan.validator.api.NodeSnapshot;
import org.witan.validator.api.Snapshots;
import org.witan.validator.api.TestLedger;

/** What a node owes the ledger, when it tries again, and that it stops once the ledger has it. */
class DutiesTest {
    private static final NodeId V5 = new NodeId("v5");
    private static final long MINUTE = 60_000;
    private static final int LEVEL = 2;

    private final TestLedger ledger = new TestLedger();
    private final FakeNode node = new FakeNode(ledger);

    private void addLearner() {
        var joining = new KeyProofs.Joining(V5, new NodeId("org1"), Role.VALIDATOR);
        ledger.decide(
                Change.AddMember.proving(
                        ledger.founding().networkId(),
                        joining,
                        true,
                        List.of(),
                        TestLedger.key(5)));
    }

    private Duties of(int number) {
        return new Duties(node, TestLedger.id(number), TestLedger.key(number));
    }

    private int handed() {
        return node.handed().size();
    }

    private Transaction last() {
        return node.handed().getLast().transaction();
    }

    private Optional<Member> member(NodeId id) {
        return ledger.store()
                .state()
                .value(StatePath.member(id))
                .map(bytes -> Member.CODEC.decode(bytes).orThrow());
    }

    @Test
    void aLearnerAttestsAndVotesFromThenOn() {
        addLearner();
        Duties duties = of(5);
        duties.look(0);
        assertThat(last().intent().operation())
                .isEqualTo(new Attest(1, ledger.store().tip().hash(), 1, LEVEL, "0.1.0"));
        assertThat(member(V5).orElseThrow().votes()).isFalse();

        ledger.commit(last());

        assertThat(member(V5).orElseThrow().votes()).isTrue();
        assertThat(ledger.store().tip().header().isBoundary()).isTrue();
        duties.look(MINUTE);
        assertThat(handed()).isEqualTo(1);
    }

    @Test
    void itIsTriedAgainLessAndLessOftenUntilTheLedgerHasIt() {
        addLearner();
        Duties duties = of(5);
        int before = 0;
        StringBuilder seconds = new StringBuilder();
        for (long second = 0; second <= 160; second++) {
            duties.look(second * 1000);
            if (handed() > before) {
                seconds.append(second).append(' ');
                before = handed();
            }
        }
        assertThat(seconds).hasToString("0 5 15 35 75 155 ");
        assertThat(node.handed().stream().map(each -> each.transaction().intent().nonce()))
                .allMatch(nonce -> nonce >= 0 && nonce < 256);
    }

    @Test
    void foundersAndOthersAndThoseThatAreNotReadyOweNothing() {
        of(1).look(0);
        of(5).look(0);
        addLearner();
        node.show(Snapshots.draining(node.snapshot()));
        of(5).look(0);
        assertThat(handed()).isZero();
    }

    @Test
    void whoAttestedSaysAgainWhatItRunsAfterAnUpgrade() {
        addLearner();
        of(5).look(0);
        ledger.commit(last());
        NodeSnapshot now = node.snapshot();
        node.show(running("0.2.0", LEVEL, now));
        Duties duties = of(5);
        duties.look(0);
        assertThat(handed()).isEqualTo(2);
        ledger.commit(last());
        duties.look(MINUTE);
        assertThat(handed()).isEqualTo(2);
    }

    @Test
    void whoSpeaksThePlannedLevelSaysSoOncePlanned() {
        ledger.planUpgrade();
        NodeSnapshot old = running("0.1.0", 1, node.snapshot());
        node.show(old);
        of(1).look(0);
        assertThat(handed()).isZero();

        node.show(running("0.2.0", LEVEL, old));
        of(1).look(0);
        assertThat(last().intent().operation())
                .isEqualTo(new Attest(1, ledger.store().tip().hash(), 1, LEVEL, "0.2.0"));
        ledger.commit(last());
        of(1).look(0);
        assertThat(handed()).isEqualTo(1);
    }

    private static NodeSnapshot running(String build, int level, NodeSnapshot node) {
        NodeSnapshot.Identity who = node.identity();
        return Snapshots.with(
                node,
                new NodeSnapshot.Identity(
                        who.id(),
                        who.role(),
                        who.stranger(),
                        who.networkId(),
                        who.words(),
                        who.networkName(),
                        build,
                        level,
                        who.startedAtMillis()));
    }

    @Test
    void aContradictionIsReportedOnceAndByTheFirstOfThoseThatHoldIt() {
        ledger.accuse(7);
        Duties first = of(1);
        Duties third = of(3);
        first.look(0);
        third.look(0);
        assertThat(handed()).isEqualTo(1);
        assertThat(last().intent().operation()).isInstanceOf(ReportEvidence.class);
        assertThat(last().intent().sender()).hasToString("v1");

        ledger.commit(last());

        assertThat(ledger.store().list(StatePath.evidenceOf(TestLedger.id(4)), Optional.empty(), 9))
                .hasSize(1);
        first.look(MINUTE);
        third.look(MINUTE);
        assertThat(handed()).isEqualTo(1);
        ledger.accuse(9);
        first.look(2 * MINUTE);
        assertThat(handed()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aContradictionOfEachKindComesToTheLedger(Evidence.Offence kind) {
        ledger.accuse(7, kind);
        of(1).look(0);
        ledger.commit(last());
        var recorded =
                ledger.store().list(StatePath.evidenceOf(TestLedger.id(4)), Optional.empty(), 9);
        assertThat(recorded)
                .extracting(item -> Evidence.CODEC.decode(item.value()).orThrow().offence())
                .containsExactly(Optional.of(kind));
    }

    @Test
    void whereTheFirstIsSilentAnotherReportsAndEveryoneGivesUpInTheEnd() {
        ledger.accuse(7);
        Duties third = of(3);
        third.look(0);
        third.look(5_999);
        assertThat(handed()).isZero();
        third.look(6_000);
        assertThat(handed()).isEqualTo(1);
        for (long minute = 1; minute < 1000; minute++) {
            third.look(minute * MINUTE);
        }
        assertThat(handed()).isEqualTo(8);
    }

    @Test
    void nobodyReportsItselfAndOldProofsAreLeft() {
        ledger.accuse(7);
        of(4).look(MINUTE);
        of(4).look(2 * MINUTE);
        for (int seconds = 80; seconds < 84; seconds++) {
            ledger.decide(
                    new Change.SetRules(List.of(new Change.Rule("heartbeatSeconds", seconds))));
        }
        node.show(Snapshots.healthy(ledger.founding(), ledger.store()));
        assertThat(Due.reports(ledger.store(), TestLedger.id(1), 2)).hasSize(1);
        assertThat(Due.reports(ledger.store(), TestLedger.id(1), 3)).isEmpty();
        assertThat(handed()).isZero();
    }
}
