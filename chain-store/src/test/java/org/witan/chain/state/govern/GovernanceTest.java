package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.chain.state.govern.TestCouncil.organisation;
import static org.witan.chain.state.govern.TestCouncil.validator;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Proposal.Status;
import org.witan.chain.state.Execution.Executed;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;
import org.witan.genesis.membership.Validator;

/** Rules of governance, one by one, in a network of four organisations and five validators. */
final class GovernanceTest {
    private static final Rules RULES = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 10, 4);

    private final TestCouncil council = new TestCouncil(4, 5, RULES);

    @Test
    void aQuorumOfOrganisationsAddsAValidator() {
        Configuration before = council.configuration();
        AddMember add = council.add("new-1", 2);
        assertThat(council.propose(1, add)).isEqualTo(new Receipt(Outcome.DONE, 1));
        assertThat(council.approve(2, 1)).isEqualTo(new Receipt(Outcome.DONE, 1));
        assertThat(council.configuration()).isEqualTo(before);
        assertThat(council.member("new-1")).isEmpty();

        Executed boundary = council.block(council.sign(organisation(4), council.approval(1)));
        assertThat(boundary.receipts()).containsExactly(new Receipt(Outcome.DONE, 1));
        assertThat(boundary.next()).isEqualTo(boundary.after().configuration());
        assertThat(boundary.next().hash()).isNotEqualTo(before.hash());
        assertThat(boundary.next().validators())
                .contains(new Validator(new NodeId("new-1"), 0, add.key()))
                .hasSize(6);
        assertThat(council.member("new-1").orElseThrow().votes()).isTrue();
        assertThat(council.proposal(1).orElseThrow().status()).isEqualTo(Status.APPLIED);
        assertThat(council.proposal(1).orElseThrow().closed()).isEqualTo(3);
        assertThat(council.proposal(1).orElseThrow().approvals()).hasSize(3);
        assertThat(council.council().open()).isEmpty();
        assertThat(council.council().seat(new NodeId("o2")).orElseThrow().members()).isEqualTo(2);
    }

    @Test
    void theConfigurationInTheStateIsTheOneThatTheBlockNames() {
        decide(new RemoveMember(new NodeId("v5")));
        byte[] recorded = council.state().value(StatePath.CONFIGURATION).orElseThrow();
        assertThat(Configuration.CODEC.decode(recorded).orThrow())
                .isEqualTo(council.configuration());
        assertThat(council.validators()).containsExactly("v1", "v2", "v3", "v4");
        assertThat(council.member("v5")).isEmpty();
    }

    /** Several changes in one block are one transition, and what comes behind is executed too. */
    @Test
    void changesOfOneBlockAreOneTransition() {
        council.propose(1, new RemoveMember(new NodeId("v5")));
        council.approve(2, 1);
        AddMember add = council.add("new-1", 1);
        Put put = new Put("k", new byte[1], OptionalLong.empty());
        Executed executed =
                council.block(
                        council.sign(organisation(3), council.approval(1)),
                        council.sign(organisation(1), new Propose(add, "", false)),
                        council.sign(organisation(2), new Approve(2, add.hash())),
                        council.sign(organisation(3), new Approve(2, add.hash())),
                        council.sign(validator(5), put));
        assertThat(executed.receipts()).extracting(Receipt::outcome).containsOnly(Outcome.DONE);
        assertThat(council.validators()).containsExactly("new-1", "v1", "v2", "v3", "v4");
        assertThat(executed.next()).isEqualTo(council.configuration());
    }

    @Test
    void whoeverInsistsIsRecorded() {
        Change change = new RemoveMember(new NodeId("v5"));
        council.propose(1, change);
        assertThat(council.proposal(1).orElseThrow().forced()).isFalse();
        council.run(organisation(2), new Approve(1, change.hash(), true));
        assertThat(council.proposal(1).orElseThrow().forced()).isTrue();
        council.run(organisation(3), new Approve(1, change.hash()));
        assertThat(council.proposal(1).orElseThrow().forced()).isTrue();
        assertThat(council.proposal(1).orElseThrow().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void onlyOneChangeOfTheMembershipIsOpen() {
        council.propose(1, new RemoveMember(new NodeId("v5")));
        assertThat(council.propose(2, council.add("new-1", 2)).outcome())
                .isEqualTo(Outcome.CHANGE_IN_FLIGHT);
        assertThat(council.run(organisation(1), new Withdraw(1)).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.proposal(1).orElseThrow().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(council.propose(2, council.add("new-1", 2)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void anApprovalNamesWhatItApproves() {
        Change change = new RemoveMember(new NodeId("v5"));
        council.propose(1, change);
        assertThat(approve(2, 1, new RemoveMember(new NodeId("v4")).hash()))
                .isEqualTo(Outcome.OTHER_CHANGE);
        assertThat(approve(2, 2, change.hash())).isEqualTo(Outcome.NO_SUCH_CHANGE);
        assertThat(approve(2, 1, change.hash())).isEqualTo(Outcome.DONE);
        assertThat(approve(2, 1, change.hash())).isEqualTo(Outcome.ALREADY_APPROVED);
        assertThat(approve(1, 1, change.hash())).isEqualTo(Outcome.ALREADY_APPROVED);
        assertThat(approve(3, 1, change.hash())).isEqualTo(Outcome.DONE);
        assertThat(approve(4, 1, change.hash())).isEqualTo(Outcome.CHANGE_CLOSED);
    }

    @Test
    void anApprovalCanBeTakenBack() {
        council.propose(1, new RemoveMember(new NodeId("v5")));
        assertThat(council.run(organisation(2), new Withdraw(1)).outcome())
                .isEqualTo(Outcome.WRONG_STATE);
        council.approve(2, 1);
        assertThat(council.run(organisation(2), new Withdraw(1)).outcome()).isEqualTo(Outcome.DONE);
        council.approve(3, 1);
        assertThat(council.validators()).hasSize(5);
        council.approve(2, 1);
        assertThat(council.validators()).hasSize(4);
    }

    @Test
    void anExpiredChangeIsNeverApplied() {
        council.propose(1, new RemoveMember(new NodeId("v5")));
        council.approve(2, 1);
        while (council.state().height() < 11) {
            council.block();
        }
        assertThat(council.proposal(1).orElseThrow().expires()).isEqualTo(11);
        assertThat(council.approve(3, 1).outcome()).isEqualTo(Outcome.CHANGE_CLOSED);
        assertThat(council.run(organisation(1), new Withdraw(1)).outcome())
                .isEqualTo(Outcome.CHANGE_CLOSED);
        assertThat(council.propose(2, new RemoveMember(new NodeId("v4"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(council.council().open()).extracting(open -> open.number()).containsExactly(2L);
    }

    @Test
    void atTheLastHeightAChangeIsStillApplied() {
        council.propose(1, new RemoveMember(new NodeId("v5")));
        council.approve(2, 1);
        while (council.state().height() < 10) {
            council.block();
        }
        assertThat(council.approve(3, 1).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.validators()).hasSize(4);
    }

    @Test
    void membersDoNotDecide() {
        Change change = new RemoveMember(new NodeId("v5"));
        assertThat(council.run(validator(1), new Propose(change, "", false)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
        council.propose(1, change);
        assertThat(council.run(validator(2), new Approve(1, change.hash())).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(council.run(validator(1), new Withdraw(1)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
    }

    @Test
    void theSetKeepsItsLeastSize() {
        decide(new RemoveMember(new NodeId("v5")));
        assertThat(council.propose(1, new RemoveMember(new NodeId("v4"))).outcome())
                .isEqualTo(Outcome.TOO_FEW_VALIDATORS);
        assertThat(council.propose(1, new RemoveMember(new NodeId("v9"))).outcome())
                .isEqualTo(Outcome.NO_SUCH_MEMBER);
    }

    /** With 5 validators the quorum of 4 can spare 1 that nobody has seen. */
    @Test
    void newValidatorsAreFewEnoughToFail() {
        decide(council.add("new-1", 1));
        decide(council.add("new-2", 2));
        assertThat(council.validators()).hasSize(7);
        assertThat(council.propose(1, council.add("new-3", 3)).outcome())
                .isEqualTo(Outcome.TOO_FEW_READY);
        assertThat(council.run(validator(1), council.rotation(validator(1), "x")).outcome())
                .isEqualTo(Outcome.TOO_FEW_READY);
    }

    /** What was possible when it was proposed may not be when it is to be applied. */
    @Test
    void aChangeIsCheckedAgainWhenItIsApplied() {
        decide(council.add("new-1", 1));
        council.propose(1, council.add("new-2", 2));
        council.approve(2, 1 + 1);
        Outcome rotated = council.run(validator(1), council.rotation(validator(1), "x")).outcome();
        assertThat(rotated).isEqualTo(Outcome.DONE);
        assertThat(council.approve(3, 2).outcome()).isEqualTo(Outcome.TOO_FEW_READY);
        assertThat(council.proposal(2).orElseThrow().approvals()).hasSize(2);
        assertThat(council.validators()).hasSize(6);
    }

    @Test
    void aKeyOfAValidatorIsReplacedWithBothKeys() {
        RotateKey rotation = council.rotation(validator(1), "v1 again");
        Transaction first = council.sign(validator(1), rotation);
        Transaction second =
                council.sign(validator(1), council.rotation(validator(1), "v1 once more"));
        Executed executed = council.block(first, second);
        assertThat(executed.receipts())
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DONE, Outcome.WRONG_STATE);
        Validator changed = new Validator(new NodeId("v1"), 1, rotation.key());
        assertThat(executed.next().validators()).contains(changed).hasSize(5);
        council.know(validator(1), "v1 again", 1);
        assertThat(council.run(validator(1), rotation).outcome()).isEqualTo(Outcome.BAD_PROOF);
        assertThat(council.run(validator(1), council.rotation(validator(1), "v1")).outcome())
                .isEqualTo(Outcome.KEY_IN_USE);
    }

    @Test
    void aProofServesItsOwnerOnly() {
        RotateKey others = council.rotation(validator(2), "fresh");
        assertThat(council.run(validator(1), others).outcome()).isEqualTo(Outcome.BAD_PROOF);
        AddMember add = council.add("new-1", 1);
        AddMember changed =
                new AddMember(
                        add.id(),
                        add.organisation(),
                        add.role(),
                        add.learner(),
                        add.key(),
                        List.of(new Endpoint("elsewhere.example", 1)),
                        add.proof());
        assertThat(council.propose(1, changed).outcome()).isEqualTo(Outcome.BAD_PROOF);
    }

    @Test
    void anOrganisationReplacesItsKeyWithoutABoundary() {
        Hash before = council.configuration().hash();
        RotateKey rotation = council.rotation(organisation(1), "o1 again");
        assertThat(council.run(organisation(1), rotation).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.configuration().hash()).isEqualTo(before);
        council.know(organisation(1), "o1 again", 1);
        assertThat(council.propose(1, new RemoveMember(new NodeId("v5"))).outcome())
                .isEqualTo(Outcome.DONE);
    }

    @Test
    void idsAndKeysAreNeverGivenToOthers() {
        assertThat(council.propose(1, council.add("v3", 3)).outcome()).isEqualTo(Outcome.ID_IN_USE);
        assertThat(council.propose(1, council.add("o3", 3)).outcome()).isEqualTo(Outcome.ID_IN_USE);
        decide(new RemoveMember(new NodeId("v5")));
        assertThat(council.propose(1, council.add("v5", 2)).outcome()).isEqualTo(Outcome.ID_IN_USE);
        AddMember back = council.add("v5", 1);
        decide(back);
        assertThat(council.member("v5").orElseThrow().keyNumber()).isEqualTo(1);
        assertThat(council.configuration().validators())
                .contains(new Validator(new NodeId("v5"), 1, back.key()));
        council.know(validator(9), "v5", 0);
        assertThat(council.propose(1, council.add("v5", 1)).outcome()).isEqualTo(Outcome.ID_IN_USE);
    }

    @Test
    void observersJoinWithoutABoundary() {
        Hash before = council.configuration().hash();
        decide(council.add("eye-1", 1, Role.OBSERVER, false));
        assertThat(council.configuration().hash()).isEqualTo(before);
        decide(council.add("later-1", 1, Role.VALIDATOR, true));
        assertThat(council.configuration().hash()).isEqualTo(before);
        assertThat(council.member("later-1").orElseThrow().status())
                .isEqualTo(Member.Status.LEARNER);
    }

    @Test
    void whatIsRefusedChangesTheNonceWindowOnly() {
        Transaction refused =
                council.sign(
                        organisation(1),
                        new Propose(new RemoveMember(new NodeId("nobody")), "", false));
        PostState after = council.block(refused).after();
        assertThat(after.changes().keySet()).containsExactly(StatePath.window(organisation(1)));
    }

    @Test
    void oneOrganisationDecidesAlone() {
        TestCouncil alone = new TestCouncil(1, 5, RULES);
        assertThat(alone.propose(1, new RemoveMember(new NodeId("v5"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(alone.validators()).hasSize(4);
        assertThat(alone.proposal(1).orElseThrow().status()).isEqualTo(Status.APPLIED);
    }

    @Test
    void aSmallSetIsForNetworksThatWereFoundedSo() {
        TestCouncil small =
                new TestCouncil(1, 3, new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 10, 1));
        assertThat(small.propose(1, new RemoveMember(new NodeId("v3"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(small.propose(1, new RemoveMember(new NodeId("v2"))).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(small.propose(1, new RemoveMember(new NodeId("v1"))).outcome())
                .isEqualTo(Outcome.TOO_FEW_VALIDATORS);
        assertThat(small.validators()).containsExactly("v1");
    }

    private Outcome approve(int organisation, long number, Hash change) {
        return council.run(organisation(organisation), new Approve(number, change)).outcome();
    }

    /** Proposed by the first, approved by the second and third organisation. */
    private void decide(Change change) {
        Receipt proposed = council.propose(1, change);
        assertThat(proposed.outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.approve(2, proposed.version()).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.approve(3, proposed.version()).outcome()).isEqualTo(Outcome.DONE);
    }
}
