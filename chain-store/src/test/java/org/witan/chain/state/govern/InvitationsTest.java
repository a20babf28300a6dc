package org.witan.chain.state.govern;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.witan.chain.state.govern.TestCouncil.organisation;
import static org.witan.chain.state.govern.TestCouncil.validator;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.block.Transaction;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.RemoveMember;
import org.witan.chain.change.Change.SetRole;
import org.witan.chain.change.Change.Suspend;
import org.witan.chain.change.Followers;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Invitation.Status;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.Refusal.Code;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.SigningKey;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.genesis.membership.Rules;

/** Rules GV19 to GV21: who may invite whom, once, for how long, and how it is taken back. */
final class InvitationsTest {
    private static final Rules RULES = new Rules(100, 1 << 20, 4096, 20, 60, 1 << 16, 10, 4);
    private static final long HOUR = 3_600_000;
    private static final Sender P1 = Sender.member(new NodeId("p1"));
    private static final Sender P2 = Sender.member(new NodeId("p2"));

    private final TestCouncil council = new TestCouncil(4, 5, RULES);
    private final SigningKey secret = TestNetwork.key("a secret");

    @Test
    void anInvitationAdmitsWhoKnowsTheSecretOnce() {
        var before = council.configuration();
        assertThat(invite(1, Role.OBSERVER)).isEqualTo(Outcome.DONE);
        assertThat(council.run(P1, redemption(P1)).outcome()).isEqualTo(Outcome.DONE);
        Member joined = council.member("p1").orElseThrow();
        assertThat(joined.role()).isEqualTo(Role.OBSERVER);
        assertThat(joined.organisation()).isEqualTo(organisation(1).id());
        assertThat(joined.status()).isEqualTo(Member.Status.ACTIVE);
        assertThat(joined.key()).isEqualTo(TestNetwork.key("p1").publicKey());
        assertThat(council.configuration()).isEqualTo(before);
        Invitation used = recorded();
        assertThat(used.status()).isEqualTo(Status.REDEEMED);
        assertThat(used.newcomer()).contains(P1.id());
        assertThat(used.closed()).isEqualTo(council.state().height());
        assertThat(council.council().seat(organisation(1).id()).orElseThrow().members())
                .isEqualTo(3);

        Refusal again = refusal(council.sign(P2, redemption(P2)));
        assertThat(again.code()).isEqualTo(Code.NOT_INVITED);
        assertThat(again.why()).contains("used by p1");
        Put put = new Put("k", new byte[1], OptionalLong.empty());
        assertThat(council.run(P1, put).outcome()).isEqualTo(Outcome.DONE);
    }

    /** What one who sees the transaction could do with it: nothing, the proof names another key. */
    @Test
    void aProofServesTheNewcomerThatItWasMadeForOnly() {
        invite(1, Role.OBSERVER);
        Redeem seen = redemption(P1);
        SigningKey thief = council.know(P2, "p2", 0);
        var stolen = new Redeem(seen.invitation(), thief.publicKey(), seen.proof());
        assertThat(refusal(council.sign(P2, stolen)).code()).isEqualTo(Code.NOT_INVITED);
        council.know(P1, "p2", 0);
        assertThat(refusal(council.sign(P1, stolen)).code()).isEqualTo(Code.NOT_INVITED);
        assertThat(refusal(council.sign(P1, seen)).code()).isEqualTo(Code.BAD_SIGNATURE);
        council.know(P1, "p1", 0);
        assertThat(council.refusal(council.sign(P1, seen))).isEmpty();
    }

    @Test
    void anInvitationExpiresByTheBlocksTime() {
        invite(1, Role.OBSERVER);
        Transaction late = council.sign(P1, redemption(P1));
        council.pass(24 * HOUR - 1);
        assertThat(council.refusal(late)).isEmpty();
        council.pass(1);
        assertThat(council.refusal(late)).isEmpty();
        council.pass(1);
        assertThat(refusal(late).why()).contains("expired");
        for (long ahead : new long[] {0, -1, Invitation.MAX_LIFETIME_MILLIS + 2}) {
            long expires = council.millis() + ahead;
            Invite bad = new Invite(key("other").publicKey(), Role.OBSERVER, expires);
            assertThat(council.run(validator(1), bad).outcome()).isEqualTo(Outcome.OUT_OF_RANGE);
        }
    }

    /** A newcomer knows no height; others still may not hand in for all times. */
    @Test
    void aRedemptionMayBeValidForEver() {
        invite(1, Role.OBSERVER);
        Put put = new Put("k", new byte[1], OptionalLong.empty());
        assertThat(refusal(council.sign(validator(1), put, Long.MAX_VALUE)).code())
                .isEqualTo(Code.TOO_FAR_AHEAD);
        Transaction redeems = council.sign(P1, redemption(P1), Long.MAX_VALUE);
        assertThat(council.refusal(redeems)).isEmpty();
        assertThat(council.block(redeems).receipts().getFirst().outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void onlyOneOfTwoInABlockGetsIn() {
        invite(1, Role.OBSERVER);
        Transaction first = council.sign(P1, redemption(P1));
        Transaction second = council.sign(P2, redemption(P2));
        var executed = council.block(first, second);
        assertThat(executed.receipts())
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DONE, Outcome.INVITATION_CLOSED);
        assertThat(council.member("p2")).isEmpty();
    }

    /** Two strangers under one id are both judged by their own keys, in one block. */
    @Test
    void twoNewcomersOfOneIdAreToldApart() {
        invite(1, Role.OBSERVER);
        Invite other = invitation(key("other"), Role.CLIENT);
        council.run(validator(2), other);
        Transaction first = council.sign(P1, redemption(P1));
        SigningKey twin = council.know(P1, "twin", 0);
        Redeem redeem = Redeem.proving(network(), P1.id(), key("other"), twin.publicKey());
        Transaction second = council.sign(P1, redeem);
        assertThat(council.block(first, second).receipts())
                .extracting(Receipt::outcome)
                .containsExactly(Outcome.DONE, Outcome.ID_IN_USE);
        assertThat(council.member("p1").orElseThrow().role()).isEqualTo(Role.OBSERVER);
    }

    @Test
    void whoMayInviteWhom() {
        assertThat(invite(1, Role.VALIDATOR)).isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(council.run(organisation(1), invitation(secret, Role.OBSERVER)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
        invite(1, Role.GATEWAY);
        council.run(P1, redemption(P1));
        assertThat(council.run(P1, invitation(key("g"), Role.GATEWAY)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(council.run(P1, invitation(key("c"), Role.CLIENT)).outcome())
                .isEqualTo(Outcome.DONE);
        SigningKey client = council.know(P2, "p2", 0);
        Redeem redeem = Redeem.proving(network(), P2.id(), key("c"), client.publicKey());
        assertThat(council.run(P2, redeem).outcome()).isEqualTo(Outcome.DONE);
        assertThat(council.member("p2").orElseThrow().role()).isEqualTo(Role.CLIENT);
        assertThat(council.run(P2, invitation(key("o"), Role.OBSERVER)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
    }

    @Test
    void openInvitationsAreBoundedAndExpiredOnesMakeRoom() {
        for (int i = 0; i < Invitation.MAX_OPEN; i++) {
            assertThat(council.run(validator(1), invitation(key("k" + i), Role.OBSERVER)).outcome())
                    .isEqualTo(Outcome.DONE);
        }
        assertThat(invite(1, Role.OBSERVER)).isEqualTo(Outcome.TOO_MANY_INVITATIONS);
        assertThat(invite(2, Role.OBSERVER)).isEqualTo(Outcome.DONE);
        assertThat(council.run(validator(1), new Revoke(key("k3").publicKey())).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(council.run(validator(1), invitation(key("again"), Role.OBSERVER)).outcome())
                .isEqualTo(Outcome.DONE);
        council.pass(25 * HOUR);
        assertThat(council.run(validator(1), invitation(key("late"), Role.OBSERVER)).outcome())
                .isEqualTo(Outcome.DONE);
        assertThat(council.run(validator(1), invitation(key("late"), Role.OBSERVER)).outcome())
                .isEqualTo(Outcome.KEY_IN_USE);
    }

    @Test
    void whoInvitedTakesItBackBeforeAndAfter() {
        invite(1, Role.OBSERVER);
        assertThat(revoke(validator(2))).isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(revoke(organisation(2))).isEqualTo(Outcome.NOT_PERMITTED);
        assertThat(revoke(validator(1))).isEqualTo(Outcome.DONE);
        assertThat(refusal(council.sign(P1, redemption(P1))).why()).contains("revoked");
        assertThat(revoke(validator(1))).isEqualTo(Outcome.INVITATION_CLOSED);

        council.run(validator(1), invitation(key("second"), Role.OBSERVER));
        SigningKey own = council.know(P2, "p2", 0);
        council.run(P2, Redeem.proving(network(), P2.id(), key("second"), own.publicKey()));
        assertThat(council.member("p2")).isPresent();
        Outcome byOrganisation =
                council.run(organisation(1), new Revoke(key("second").publicKey())).outcome();
        assertThat(byOrganisation).isEqualTo(Outcome.DONE);
        assertThat(council.member("p2")).isEmpty();
        assertThat(council.state().value(StatePath.INVITED)).isEmpty();
        Put put = new Put("k", new byte[1], OptionalLong.empty());
        assertThat(refusal(council.sign(P2, put)).code()).isEqualTo(Code.UNKNOWN_SENDER);
    }

    /** Who was approved since is there by approval: the inviter alone cannot remove a validator. */
    @Test
    void governanceTakesOverWhomItGivesARole() {
        invite(1, Role.OBSERVER);
        council.run(P1, redemption(P1));
        assertThat(followers()).isEqualTo(Followers.NONE);
        decide(new SetRole(P1.id(), Role.GATEWAY));
        assertThat(followers().ids()).containsExactly(P1.id());
        assertThat(revoke(validator(1))).isEqualTo(Outcome.INVITATION_CLOSED);
        assertThat(council.member("p1")).isPresent();
    }

    @Test
    void governanceRemovesWhoWasInvitedAndThatIdIsNotRedeemedAgain() {
        invite(1, Role.OBSERVER);
        council.run(P1, redemption(P1));
        decide(new RemoveMember(P1.id()));
        assertThat(council.member("p1")).isEmpty();
        assertThat(revoke(validator(1))).isEqualTo(Outcome.INVITATION_CLOSED);
        council.run(validator(1), invitation(key("second"), Role.OBSERVER));
        SigningKey fresh = council.know(P1, "fresh", 0);
        Redeem again = Redeem.proving(network(), P1.id(), key("second"), fresh.publicKey());
        assertThat(refusal(council.sign(P1, again)).code()).isEqualTo(Code.ID_OR_KEY_TAKEN);
    }

    @Test
    void invitationsOfWhoWasSuspendedAreWorthNothing() {
        invite(1, Role.OBSERVER);
        decide(new Suspend(validator(1).id()));
        assertThat(refusal(council.sign(P1, redemption(P1))).why()).contains("v1, who invited");
    }

    @Test
    void idsAndKeysOfOthersAreRefused() {
        invite(1, Role.OBSERVER);
        SigningKey own = council.know(P2, "v3", 0);
        Redeem usedKey = Redeem.proving(network(), P2.id(), secret, own.publicKey());
        assertThat(refusal(council.sign(P2, usedKey)).code()).isEqualTo(Code.ID_OR_KEY_TAKEN);
        Redeem takenId =
                Redeem.proving(
                        network(), validator(2).id(), secret, TestNetwork.key("v2").publicKey());
        assertThat(council.run(validator(2), takenId).outcome()).isEqualTo(Outcome.ID_IN_USE);
        assertThat(recorded().status()).isEqualTo(Status.OPEN);
    }

    /** The state as it would be with this many members there by invitation. */
    private Outcome redeemedBeside(int others) {
        Values values =
                new Values() {
                    @Override
                    public Optional<byte[]> get(StatePath path) {
                        return path.equals(StatePath.INVITED)
                                ? Optional.of(Integer.toString(others).getBytes(US_ASCII))
                                : council.state().value(path);
                    }

                    @Override
                    public void set(StatePath path, Optional<byte[]> value) {
                        throw new AssertionError("nothing is kept: " + path);
                    }
                };
        var at = new Execution.At(council.state().height() + 1, council.millis());
        return new Invitations(values, network(), at).redeem(P1, redemption(P1));
    }

    @Test
    void notMoreThan4096AreThereByInvitation() {
        invite(1, Role.OBSERVER);
        assertThat(Invitation.MAX_ADMITTED).isEqualTo(4096);
        assertThat(redeemedBeside(4095)).isEqualTo(Outcome.DONE);
        assertThat(redeemedBeside(4096)).isEqualTo(Outcome.TOO_MANY_INVITATIONS);
    }

    /** Leaving makes room: the count is that of who is there, not of who ever was. */
    @Test
    void whoLeavesIsNotCounted() {
        for (int i = 1; i <= 3; i++) {
            Sender newcomer = Sender.member(new NodeId("p" + i));
            council.run(validator(1), invitation(key("n" + i), Role.CLIENT));
            SigningKey own = council.know(newcomer, "own " + i, 0);
            council.run(
                    newcomer,
                    Redeem.proving(network(), newcomer.id(), key("n" + i), own.publicKey()));
            assertThat(invited()).isEqualTo(Integer.toString(i));
        }
        council.run(validator(1), new Revoke(key("n2").publicKey()));
        assertThat(invited()).isEqualTo("2");
        decide(new SetRole(P1.id(), Role.OBSERVER));
        assertThat(invited()).as("p1 is there by approval now").isEqualTo("1");
    }

    private String invited() {
        return council.state().value(StatePath.INVITED).map(String::new).orElse("0");
    }

    /** A member's own transactions reach execution, so each refusal has its outcome there, too. */
    @Test
    void whoIsAMemberAlreadyRedeemsNothing() {
        assertThat(council.run(validator(2), redemption(P1)).outcome())
                .isEqualTo(Outcome.NO_SUCH_INVITATION);
        invite(1, Role.OBSERVER);
        assertThat(council.run(validator(2), redemption(P1)).outcome())
                .as("the proof is for another id")
                .isEqualTo(Outcome.BAD_PROOF);
        assertThat(council.run(organisation(2), redemption(P1)).outcome())
                .isEqualTo(Outcome.NOT_PERMITTED);
        revoke(validator(1));
        assertThat(council.run(validator(2), redemption(P1)).outcome())
                .isEqualTo(Outcome.INVITATION_CLOSED);
        council.run(validator(1), invitation(key("later"), Role.OBSERVER));
        council.pass(25 * HOUR);
        Redeem late =
                Redeem.proving(network(), P1.id(), key("later"), TestNetwork.key("p1").publicKey());
        assertThat(council.run(validator(2), late).outcome())
                .as("expired")
                .isEqualTo(Outcome.INVITATION_CLOSED);
        assertThat(council.run(validator(1), new Revoke(key("none").publicKey())).outcome())
                .isEqualTo(Outcome.NO_SUCH_INVITATION);
    }

    @Test
    void anInvitationIsAKeyThatCanSign() {
        PublicKey none = PublicKey.of(new byte[PublicKey.SIZE_BYTES]);
        Invite unsound = new Invite(none, Role.OBSERVER, council.millis() + HOUR);
        assertThat(council.run(validator(1), unsound).outcome()).isEqualTo(Outcome.KEY_IN_USE);
        assertThat(refusal(council.sign(P1, redemption(P1))).why())
                .contains("the ledger has no such invitation");
    }

    private Outcome invite(int inviter, Role role) {
        return council.run(validator(inviter), invitation(secret, role)).outcome();
    }

    private Invite invitation(SigningKey of, Role role) {
        return new Invite(of.publicKey(), role, council.millis() + 1 + 24 * HOUR);
    }

    private Redeem redemption(Sender newcomer) {
        SigningKey own = council.know(newcomer, newcomer.toString(), 0);
        return Redeem.proving(network(), newcomer.id(), secret, own.publicKey());
    }

    private Outcome revoke(Sender sender) {
        return council.run(sender, new Revoke(secret.publicKey())).outcome();
    }

    private void decide(Change change) {
        long number = council.propose(1, change).version();
        for (int seat : List.of(2, 3)) {
            assertThat(council.approve(seat, number).outcome()).isEqualTo(Outcome.DONE);
        }
    }

    private Refusal refusal(Transaction transaction) {
        Optional<Refusal> refusal = council.refusal(transaction);
        assertThat(refusal).isPresent();
        return refusal.get();
    }

    private Followers followers() {
        return council.state()
                .value(StatePath.FOLLOWERS)
                .map(bytes -> Followers.CODEC.decode(bytes).orThrow())
                .orElse(Followers.NONE);
    }

    private Invitation recorded() {
        byte[] bytes =
                council.state().value(StatePath.invitation(secret.publicKey())).orElseThrow();
        return Invitation.CODEC.decode(bytes).orThrow();
    }

    private NetworkId network() {
        return council.founding().networkId();
    }

    private static SigningKey key(String name) {
        return TestNetwork.key("invitation " + name);
    }
}
