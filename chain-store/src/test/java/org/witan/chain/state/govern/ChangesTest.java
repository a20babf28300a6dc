package org.witan.chain.state.govern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.chain.state.govern.TestCouncil.organisation;
import static org.witan.chain.state.govern.TestCouncil.validator;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.AddOrganisation;
import org.witan.chain.change.Change.Cancel;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Change.RemoveOrganisation;
import org.witan.chain.change.Change.ReplaceKey;
import org.witan.chain.change.Change.Resume;
import org.witan.chain.change.Change.Rule;
import org.witan.chain.change.Change.SetRole;
import org.witan.chain.change.Change.SetRules;
import org.witan.chain.change.Change.Suspend;
import org.witan.chain.change.Proposal.Status;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** What each change and each word of a member does, in a network of three and six. */
final class ChangesTest {
    private static final Rules RULES = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 50, 4);
    private static final NodeId V6 = new NodeId("v6");

    private final TestCouncil council = new TestCouncil(3, 6, RULES);

    @Test
    void aSuspendedValidatorKeepsItsPlaceAndDoesNotVote() {
        decide(new Suspend(V6));
        assertThat(council.validators()).hasSize(5).doesNotContain("v6");
        assertThat(council.member("v6").orElseThrow().status()).isEqualTo(Member.Status.SUSPENDED);
        assertThat(refused(new Suspend(V6))).isEqualTo(Outcome.WRONG_STATE);
        decide(new Resume(V6));
        assertThat(council.validators()).hasSize(6);
        assertThat(council.state().value(StatePath.unattested(V6))).isPresent();
        assertThat(refused(new Resume(V6))).isEqualTo(Outcome.WRONG_STATE);
    }

    @Test
    void aRoleIsAnotherPlace() {
        decide(new SetRole(V6, Role.OBSERVER));
        assertThat(council.validators()).hasSize(5);
        assertThat(refused(new SetRole(V6, Role.OBSERVER))).isEqualTo(Outcome.WRONG_STATE);
        decide(new SetRole(V6, Role.VALIDATOR));
        assertThat(council.validators()).hasSize(6);
        assertThat(refused(new SetRole(new NodeId("x"), Role.GATEWAY)))
                .isEqualTo(Outcome.NO_SUCH_MEMBER);
    }

    @Test
    void aLostKeyIsReplacedByVote() {
        RotateKey proven = council.rotation(validator(6), "v6 again");
        assertThat(refused(new ReplaceKey(false, new NodeId("v5"), proven.key(), proven.proof())))
                .isEqualTo(Outcome.BAD_PROOF);
        decide(new ReplaceKey(false, V6, proven.key(), proven.proof()));
        assertThat(council.member("v6").orElseThrow().keyNumber()).isEqualTo(1);
        RotateKey seat = council.rotation(organisation(3), "o3 again");
        decide(new ReplaceKey(true, new NodeId("o3"), seat.key(), seat.proof()));
        council.know(organisation(3), "o3 again", 1);
        assertThat(council.propose(3, new Suspend(V6)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void organisationsComeAndGo() {
        AddOrganisation add = newOrganisation("o4", "o4", "o4 recovery");
        decide(add);
        assertThat(council.council().quorum().size()).isEqualTo(3);
        assertThat(refused(add)).isEqualTo(Outcome.ID_IN_USE);
        assertThat(refused(newOrganisation("o5", "o4", "o5 recovery")))
                .isEqualTo(Outcome.KEY_IN_USE);
        assertThat(refused(new RemoveOrganisation(new NodeId("o1"))))
                .isEqualTo(Outcome.WRONG_STATE);
        decide(new RemoveOrganisation(new NodeId("o4")));
        assertThat(council.council().seats()).hasSize(3);
        assertThat(refused(newOrganisation("o4", "other", "other recovery")))
                .isEqualTo(Outcome.ID_IN_USE);
    }

    @Test
    void rulesHaveRangesAndMakeABoundary() {
        Hash before = council.configuration().hash();
        decide(rules(new Rule("entryMaxBytes", 2048), new Rule("heartbeatSeconds", 5)));
        assertThat(council.configuration().rules().entryMaxBytes()).isEqualTo(2048);
        assertThat(council.configuration().hash()).isNotEqualTo(before);
        assertThat(council.state().value(StatePath.rule("heartbeatSeconds")))
                .contains(new byte[] {'5'});
        assertThat(refused(rules(new Rule("heartbeatSeconds", 0)))).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(refused(rules(new Rule("colour", 1)))).isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(refused(rules(new Rule("minimumValidators", 3))))
                .isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(refused(rules(new Rule("minimumValidators", 7))))
                .isEqualTo(Outcome.TOO_FEW_VALIDATORS);
        assertThat(refused(rules(new Rule("heartbeatSeconds", 5)))).isEqualTo(Outcome.WRONG_STATE);
    }

    /** Nobody can hold the only place for a change of the membership against the others. */
    @Test
    void aQuorumCancelsWhatAnotherProposed() {
        council.propose(3, new RemoveMember(V6));
        decide(new Cancel(1));
        assertThat(council.proposal(1).orElseThrow().status()).isEqualTo(Status.CANCELLED);
        assertThat(refused(new Cancel(1))).isEqualTo(Outcome.CHANGE_CLOSED);
        assertThat(refused(new Cancel(99))).isEqualTo(Outcome.NO_SUCH_CHANGE);
        decide(new Suspend(V6));
    }

    @Test
    void anOrganisationHasFewOpenChanges() {
        for (int i = 0; i < 4; i++) {
            Change change = rules(new Rule("heartbeatSeconds", 10 + i));
            assertThat(council.propose(1, change).outcome()).isEqualTo(Outcome.DONE);
        }
        assertThat(refused(rules(new Rule("heartbeatSeconds", 20))))
                .isEqualTo(Outcome.TOO_MANY_CHANGES);
        assertThat(council.propose(2, new Suspend(V6)).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aLearnerVotesFromItsFirstAttestation() {
        decide(council.add("new-1", 1, Role.VALIDATOR, true));
        Sender learner = Sender.member(new NodeId("new-1"));
        assertThat(council.validators()).hasSize(6);
        assertThat(say(learner, attest(council.state().height() + 1)))
                .isEqualTo(Outcome.OUT_OF_RANGE);
        assertThat(say(learner, attest(1))).isEqualTo(Outcome.DONE);
        assertThat(council.validators()).hasSize(7).contains("new-1");
        assertThat(council.state().value(StatePath.unattested(new NodeId("new-1")))).isEmpty();
        assertThat(council.state().value(StatePath.attestation(new NodeId("new-1")))).isPresent();
        assertThat(say(organisation(1), attest(1))).isEqualTo(Outcome.NOT_PERMITTED);
    }

    @Test
    void aMemberSaysWhereItIs() {
        List<Endpoint> endpoints = List.of(new Endpoint("moved.example", 1));
        Hash before = council.configuration().hash();
        assertThat(say(validator(1), new SetEndpoints(endpoints))).isEqualTo(Outcome.DONE);
        assertThat(council.member("v1").orElseThrow().endpoints()).isEqualTo(endpoints);
        assertThat(council.configuration().hash()).isEqualTo(before);
    }

    /** In the epoch of the votes and in the next one; once. */
    @Test
    void evidenceIsRecordedOnce() {
        Configuration first = council.configuration();
        ReportEvidence report = new ReportEvidence(twoVotes(first, 0, "v1", 7));
        ReportEvidence late = new ReportEvidence(twoVotes(first, 0, "v1", 8));
        ReportEvidence later = new ReportEvidence(twoVotes(first, 0, "v1", 9));
        ReportEvidence forged = new ReportEvidence(twoVotes(first, 1, "v1", 7));
        assertThat(say(validator(2), report)).isEqualTo(Outcome.DONE);
        assertThat(say(organisation(2), report)).isEqualTo(Outcome.WRONG_STATE);
        assertThat(say(validator(2), forged)).isEqualTo(Outcome.BAD_PROOF);
        StatePath path = StatePath.evidence(new NodeId("v1"), report.evidence());
        assertThat(path.startsWith(StatePath.evidenceOf(new NodeId("v1")))).isTrue();
        assertThat(council.state().value(path)).isPresent();
        decide(new Suspend(V6));
        assertThat(say(validator(2), late)).isEqualTo(Outcome.DONE);
        decide(rules(new Rule("heartbeatSeconds", 5)));
        assertThat(say(validator(2), later)).isEqualTo(Outcome.BAD_PROOF);
    }

    private Evidence twoVotes(Configuration set, int signer, String key, long view) {
        Ballot one = new Ballot(VoteKind.NOTARIZE, 1, set.hash(), view, hash(1));
        Ballot other = new Ballot(VoteKind.NOTARIZE, 1, set.hash(), view, hash(2));
        var id = council.founding().networkId();
        return new Evidence(
                Vote.cast(one, signer, id, TestNetwork.key(key)),
                Vote.cast(other, signer, id, TestNetwork.key(key)));
    }

    private static Hash hash(int number) {
        return Digest.plain().add(number).done();
    }

    private static Attest attest(long height) {
        return new Attest(height, hash(3), 1, 1, "0.1.0");
    }

    private static SetRules rules(Rule... rules) {
        return new SetRules(List.of(rules));
    }

    private AddOrganisation newOrganisation(String id, String key, String recovery) {
        return AddOrganisation.proving(
                council.founding().networkId(),
                new NodeId(id),
                "Name of " + id,
                TestNetwork.key("key " + key),
                TestNetwork.key("key " + recovery));
    }

    private Outcome say(Sender sender, Operation operation) {
        return council.run(sender, operation).outcome();
    }

    private Outcome refused(Change change) {
        return council.propose(1, change).outcome();
    }

    /** Proposed by the first organisation, approved by the second and, if needed, the third. */
    private void decide(Change change) {
        Receipt proposed = council.propose(1, change);
        assertThat(proposed.outcome()).isEqualTo(Outcome.DONE);
        for (int i = 2; council.proposal(proposed.version()).orElseThrow().closed() == 0; i++) {
            Outcome approved = council.approve(i, proposed.version()).outcome();
            assertThat(approved).isEqualTo(Outcome.DONE);
        }
    }
}
