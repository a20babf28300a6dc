package org.witan.chain.state.govern;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.change.Invitation;
import org.witan.chain.change.Invitation.Status;
import org.witan.chain.change.KeyProofs;
import org.witan.chain.change.OpenInvitations;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.Refusal.Code;
import org.witan.chain.state.StatePath;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * Members that join without a vote. Source: docs/protocol/governance.md, GV19 to GV21.
 *
 * <p>The same checks refuse a redemption before it stands in a block, by the parent's state, and
 * keep it from being done, by what the block's transactions so far have left.
 */
public final class Invitations {
    private final Stage stage;
    private final NetworkId networkId;
    private final Execution.At at;

    /** Invitations in a block; what they change stays in these values. */
    public Invitations(Values values, NetworkId networkId, Execution.At at) {
        this(new Stage(values), networkId, at);
    }

    Invitations(Stage stage, NetworkId networkId, Execution.At at) {
        this.stage = stage;
        this.networkId = networkId;
        this.at = at;
    }

    Outcome invite(Member inviter, Invite asked) {
        if (!Invitation.mayInvite(inviter, asked.role())) {
            return Outcome.NOT_PERMITTED;
        }
        long ahead = asked.expires() - at.millis();
        if (ahead <= 0 || ahead > Invitation.MAX_LIFETIME_MILLIS) {
            return Outcome.OUT_OF_RANGE;
        }
        if (!asked.invitation().isSound() || find(asked.invitation()).isPresent()) {
            return Outcome.KEY_IN_USE;
        }
        OpenInvitations open = stillOpen(inviter.id());
        if (open.keys().size() >= Invitation.MAX_OPEN) {
            return Outcome.TOO_MANY_INVITATIONS;
        }
        put(inviter.id(), open.with(asked.invitation()));
        put(
                new Invitation(
                        asked.invitation(),
                        inviter.id(),
                        inviter.organisation(),
                        asked.role(),
                        at.height(),
                        asked.expires(),
                        Status.OPEN,
                        Optional.empty(),
                        0));
        return Outcome.DONE;
    }

    /** What else has expired makes room. */
    private OpenInvitations stillOpen(NodeId inviter) {
        OpenInvitations open = open(inviter);
        return new OpenInvitations(
                open.keys().stream()
                        .filter(key -> find(key).filter(i -> i.isOpen(at.millis())).isPresent())
                        .toList());
    }

    /** Why a redemption may not stand in a block; empty if it may. */
    public Optional<Refusal> refusal(NodeId newcomer, Redeem redeem) {
        Optional<Invitation> found = find(redeem.invitation());
        if (found.isEmpty()) {
            return refuse(Code.NOT_INVITED, "the ledger has no such invitation");
        }
        Invitation invitation = found.get();
        if (!invitation.isOpen(at.millis())) {
            return refuse(Code.NOT_INVITED, ending(invitation));
        }
        if (!inviterMayStill(invitation)) {
            String why = invitation.inviter() + ", who invited, may not invite any more";
            return refuse(Code.NOT_INVITED, why);
        }
        if (stage.isTaken(newcomer) || stage.former(newcomer).isPresent()) {
            return refuse(Code.ID_OR_KEY_TAKEN, "'" + newcomer + "' is or was somebody's id");
        }
        if (!stage.isFree(redeem.key())) {
            return refuse(Code.ID_OR_KEY_TAKEN, redeem.key() + " is or was somebody's");
        }
        return holds(newcomer, redeem)
                ? Optional.empty()
                : refuse(Code.NOT_INVITED, "the proof of the invitation's secret does not hold");
    }

    private static String ending(Invitation invitation) {
        return switch (invitation.status()) {
            case OPEN -> "the invitation has expired";
            case REDEEMED ->
                    "the invitation was used by %s in block %d"
                            .formatted(
                                    invitation.newcomer().map(NodeId::value).orElse(""),
                                    invitation.closed());
            case REVOKED -> "the invitation was revoked in block " + invitation.closed();
        };
    }

    private boolean holds(NodeId newcomer, Redeem redeem) {
        byte[] content =
                KeyProofs.invitation(networkId, redeem.invitation(), newcomer, redeem.key());
        return Ed25519.VERIFIER.verify(
                redeem.invitation(), Purpose.INVITATION_PROOF, content, redeem.proof());
    }

    private boolean inviterMayStill(Invitation invitation) {
        return stage.member(invitation.inviter())
                .filter(inviter -> Invitation.mayInvite(inviter, invitation.role()))
                .isPresent();
    }

    /** A member without a vote, if its transaction was not refused by the parent's state. */
    Outcome redeem(Sender newcomer, Redeem redeem) {
        Optional<Invitation> found = find(redeem.invitation());
        if (newcomer.organisation() || found.isEmpty()) {
            return newcomer.organisation() ? Outcome.NOT_PERMITTED : Outcome.NO_SUCH_INVITATION;
        }
        Invitation invitation = found.get();
        NodeId id = newcomer.id();
        if (!invitation.isOpen(at.millis()) || !inviterMayStill(invitation)) {
            return Outcome.INVITATION_CLOSED;
        }
        if (!holds(id, redeem)) {
            return Outcome.BAD_PROOF;
        }
        if (stage.isTaken(id) || stage.former(id).isPresent()) {
            return Outcome.ID_IN_USE;
        }
        if (stage.invited() >= Invitation.MAX_ADMITTED) {
            return Outcome.TOO_MANY_INVITATIONS;
        }
        put(invitation.redeemed(id, at.height()));
        put(invitation.inviter(), open(invitation.inviter()).without(invitation.key()));
        stage.bind(id, invitation.key());
        return new Roster(stage, at.height())
                .join(
                        new Member(
                                id,
                                invitation.organisation(),
                                invitation.role(),
                                Member.Status.ACTIVE,
                                0,
                                redeem.key(),
                                List.of()));
    }

    /** The inviter or its organisation; whoever came by the invitation goes with it. */
    Outcome revoke(Sender sender, PublicKey key) {
        Optional<Invitation> found = find(key);
        if (found.isEmpty()) {
            return Outcome.NO_SUCH_INVITATION;
        }
        Invitation invitation = found.get();
        NodeId owner = sender.organisation() ? invitation.organisation() : invitation.inviter();
        if (!owner.equals(sender.id())) {
            return Outcome.NOT_PERMITTED;
        }
        return switch (invitation.status()) {
            case OPEN -> {
                put(invitation.revoked(at.height()));
                put(invitation.inviter(), open(invitation.inviter()).without(key));
                yield Outcome.DONE;
            }
            case REDEEMED -> dismiss(invitation);
            case REVOKED -> Outcome.INVITATION_CLOSED;
        };
    }

    private Outcome dismiss(Invitation invitation) {
        Optional<Member> admitted =
                invitation
                        .newcomer()
                        .filter(id -> isThereBy(id, invitation))
                        .flatMap(stage::member);
        if (admitted.isEmpty()) {
            return Outcome.INVITATION_CLOSED;
        }
        put(invitation.revoked(at.height()));
        return new Roster(stage, at.height()).leave(admitted.get());
    }

    private boolean isThereBy(NodeId id, Invitation invitation) {
        return stage.get(StatePath.invited(id))
                .filter(key -> PublicKey.of(key).equals(invitation.key()))
                .isPresent();
    }

    private Optional<Invitation> find(PublicKey key) {
        return stage.read(StatePath.invitation(key), Invitation.CODEC);
    }

    private void put(Invitation invitation) {
        stage.put(StatePath.invitation(invitation.key()), Invitation.CODEC, invitation);
    }

    private OpenInvitations open(NodeId inviter) {
        return stage.read(StatePath.inviting(inviter), OpenInvitations.CODEC)
                .orElse(OpenInvitations.NONE);
    }

    private void put(NodeId inviter, OpenInvitations open) {
        boolean none = open.keys().isEmpty();
        stage.set(
                StatePath.inviting(inviter),
                none ? Optional.empty() : Optional.of(OpenInvitations.CODEC.encode(open)));
    }

    private static Optional<Refusal> refuse(Code code, String why) {
        return Optional.of(new Refusal(code, why));
    }
}
