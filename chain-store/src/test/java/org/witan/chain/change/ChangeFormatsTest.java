package org.witan.chain.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Golden;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.Operation;
import org.witan.chain.change.Change.AddMember;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Proposal.Status;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Endpoint;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;

/** The formats of changes and of what the state records of them, held still and treated badly. */
final class ChangeFormatsTest {
    private static final NodeId ACME = new NodeId("acme");
    private static final NodeId V1 = new NodeId("v1");

    private static final Change.PlanUpgrade RELEASE =
            new Change.PlanUpgrade(2, "witan-0.2.0.tar.gz", Hash.NONE, 9000);

    private final TestNetwork network = TestNetwork.of(4);

    @Test
    void changes() {
        var joining = new KeyProofs.Joining(new NodeId("v5"), ACME, Role.VALIDATOR);
        List<Endpoint> endpoints = List.of(new Endpoint("v5.example", 7400));
        var key = TestNetwork.key("v5");
        check("add-member", AddMember.proving(network.id(), joining, true, endpoints, key));
        check("remove-member", new RemoveMember(V1));
        check("suspend", new Change.Suspend(V1));
        check("resume", new Change.Resume(V1));
        check("set-role", new Change.SetRole(V1, Role.GATEWAY));
        AddMember proven = AddMember.proving(network.id(), joining, true, endpoints, key);
        check("replace-key", new Change.ReplaceKey(true, ACME, proven.key(), proven.proof()));
        var governance = network.governanceKey();
        check(
                "add-organisation",
                Change.AddOrganisation.proving(network.id(), ACME, "Ácme Ltd", governance, key));
        check("remove-organisation", new Change.RemoveOrganisation(ACME));
        var rule = new Change.Rule("heartbeatSeconds", 5);
        check("set-rules", new Change.SetRules(List.of(rule)));
        check("cancel", new Change.Cancel(9));
        check("plan-upgrade", RELEASE);
        check("finalise-upgrade", new Change.FinaliseUpgrade(3));
        check("abort-upgrade", new Change.AbortUpgrade(3));
        assertThat(Change.CODEC.decode(new Writer().u8(99).toBytes()))
                .isInstanceOf(Decoded.Bad.class);
    }

    /** A name that turns the direction of writing, a reason that clears the screen. */
    @ParameterizedTest
    @ValueSource(strings = {"Acme\u202e", "\u001b[2J", "x\u009b2J", "a\nb"})
    void textsThatCannotBeSeenAreNotRead(String text) {
        var key = TestNetwork.key("v5");
        requireUnread(
                Change.CODEC,
                Change.AddOrganisation.proving(
                        network.id(), ACME, text, network.governanceKey(), key));
        requireUnread(Change.CODEC, new Change.PlanUpgrade(2, text, Hash.NONE, 9));
        requireUnread(Operation.CODEC, new Propose(new Change.Cancel(9), text, false));
        requireUnread(Operation.CODEC, new Attest(1, Hash.NONE, 1, 1, text));
    }

    private static <T> void requireUnread(Codec<T> codec, T value) {
        assertThat(codec.decode(codec.encode(value))).isInstanceOf(Decoded.Bad.class);
    }

    private static void check(String name, Change change) {
        Golden.check(ChangeFormatsTest.class, "change-" + name + ".v1", Change.CODEC, change);
        assertThat(Change.CODEC.decode(Change.CODEC.encode(change)).orThrow()).isEqualTo(change);
    }

    @Test
    void records() {
        Proposal open =
                new Proposal(
                        3,
                        ACME,
                        17,
                        117,
                        new RemoveMember(V1),
                        "größer",
                        true,
                        List.of(ACME, new NodeId("birch")),
                        Status.OPEN,
                        0);
        Golden.check(ChangeFormatsTest.class, "proposal.v1", Proposal.CODEC, open);
        Council council =
                new Council(4, List.of(), List.of())
                        .withSeat(new Council.Seat(new NodeId("birch"), 2))
                        .withSeat(new Council.Seat(ACME, 1))
                        .proposed(new Council.Open(4, ACME, true, 117), 17);
        Golden.check(ChangeFormatsTest.class, "council.v1", Council.CODEC, council);
        Attestation said = new Attestation(1, 17, Hash.NONE, 1, 2, "0.1.0", 19);
        Golden.check(ChangeFormatsTest.class, "attestation.v1", Attestation.CODEC, said);
        UpgradePlan plan =
                UpgradePlan.approved(3, 17, RELEASE)
                        .with(Optional.of(new UpgradePlan.Permit(V1, 117)))
                        .with(new UpgradePlan.Word(V1, UpgradePlan.Result.FAILED, 20))
                        .finalisedBy(4);
        Golden.check(ChangeFormatsTest.class, "upgrade-plan.v1", UpgradePlan.CODEC, plan);
        Followers followers = Followers.NONE.with(V1, true).with(ACME, true);
        Golden.check(ChangeFormatsTest.class, "followers.v1", Followers.CODEC, followers);
        assertThat(council.seats()).extracting(Council.Seat::members).containsExactly(1, 2);
    }

    @Test
    void invitations() {
        Invitation invitation =
                new Invitation(
                        network.governanceKey().publicKey(),
                        V1,
                        ACME,
                        Role.OBSERVER,
                        17,
                        1_790_000_000_000L,
                        Invitation.Status.OPEN,
                        Optional.empty(),
                        0);
        Golden.check(ChangeFormatsTest.class, "invitation.v1", Invitation.CODEC, invitation);
        Golden.check(
                ChangeFormatsTest.class,
                "invitation-redeemed.v1",
                Invitation.CODEC,
                invitation.redeemed(new NodeId("p1"), 20));
        OpenInvitations inviting = OpenInvitations.NONE.with(invitation.key());
        Golden.check(
                ChangeFormatsTest.class, "open-invitations.v1", OpenInvitations.CODEC, inviting);
        assertThat(inviting.without(invitation.key())).isEqualTo(OpenInvitations.NONE);
    }
}
