package org.witan.chain.state.govern;

import java.util.Optional;
import java.util.function.Function;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Attest;
import org.witan.chain.block.GovernanceOperation.Invite;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.Redeem;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.block.GovernanceOperation.ReportEvidence;
import org.witan.chain.block.GovernanceOperation.Revoke;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.chain.state.Execution;
import org.witan.chain.state.StatePath;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Member;
import org.witan.genesis.membership.NetworkId;

/**
 * Executes the governance operations of one block, in the order of its transactions.
 *
 * <p>An operation that is not done changes nothing. Source: docs/protocol/governance.md.
 */
public final class Governance {
    private final Values values;
    private final Configuration inForce;
    private final NetworkId networkId;
    private final Execution.At at;

    /**
     * The governance of one block.
     *
     * @param values as the block's transactions so far have left them
     * @param inForce what the block is voted under
     * @param at the block
     */
    public Governance(Values values, Configuration inForce, NetworkId networkId, Execution.At at) {
        this.values = values;
        this.inForce = inForce;
        this.networkId = networkId;
        this.at = at;
    }

    /**
     * The configuration in force from the next height, after the last transaction; if it is another
     * one, the state remembers the present one.
     */
    public Configuration finish() {
        Configuration next = new Stage(values).configuration();
        if (!next.equals(inForce)) {
            byte[] present = Configuration.CODEC.encode(inForce);
            values.set(StatePath.PREVIOUS_CONFIGURATION, Optional.of(present));
        }
        return next;
    }

    /**
     * Does an operation, or nothing. The receipt's version is the number of the change that was
     * proposed, approved or withdrawn, 0 for other operations and if nothing was done.
     *
     * @param keyNumber of the key that signed
     */
    public Receipt execute(Sender sender, int keyNumber, GovernanceOperation operation) {
        Stage stage = new Stage(values);
        long next = stage.council().nextChange();
        Outcome outcome =
                switch (operation) {
                    case Propose propose -> decide(stage, sender, by -> by.propose(propose));
                    case Approve approve -> decide(stage, sender, by -> by.approve(approve));
                    case Withdraw(var number) -> decide(stage, sender, by -> by.withdraw(number));
                    case RotateKey rotate ->
                            new Keys(stage, networkId, at.height())
                                    .rotate(sender, keyNumber, rotate);
                    case SetEndpoints(var endpoints) ->
                            say(stage, sender, m -> words(stage).setEndpoints(m, endpoints));
                    case Attest said ->
                            say(stage, sender, m -> words(stage).attest(m, keyNumber, said));
                    case Invite asked -> say(stage, sender, m -> guests(stage).invite(m, asked));
                    case Redeem redeem -> guests(stage).redeem(sender, redeem);
                    case Revoke(var invitation) -> guests(stage).revoke(sender, invitation);
                    case ReportEvidence(var evidence) ->
                            words(stage).accuse(evidence, inForce, networkId);
                    case Permit asked -> say(stage, sender, m -> upgrades(stage).permit(m, asked));
                    case Report said -> say(stage, sender, m -> upgrades(stage).report(m, said));
                };
        if (outcome != Outcome.DONE) {
            return new Receipt(outcome, 0);
        }
        stage.keep();
        return new Receipt(outcome, number(operation, next));
    }

    private Outcome decide(Stage stage, Sender sender, Function<Deciding, Outcome> wish) {
        return sender.organisation() && stage.council().seat(sender.id()).isPresent()
                ? wish.apply(new Deciding(stage, networkId, at.height(), sender.id()))
                : Outcome.NOT_PERMITTED;
    }

    /** A member that an earlier transaction of the block removed or suspended says no more. */
    private static Outcome say(Stage stage, Sender sender, Function<Member, Outcome> wish) {
        return sender.organisation()
                ? Outcome.NOT_PERMITTED
                : stage.member(sender.id())
                        .filter(member -> member.status() != Member.Status.SUSPENDED)
                        .map(wish)
                        .orElse(Outcome.NOT_PERMITTED);
    }

    private Upgrades upgrades(Stage stage) {
        return new Upgrades(stage, at.height());
    }

    private Invitations guests(Stage stage) {
        return new Invitations(stage, networkId, at);
    }

    private Words words(Stage stage) {
        return new Words(stage, at.height());
    }

    private static long number(GovernanceOperation operation, long next) {
        return switch (operation) {
            case Propose _ -> next;
            case Approve approve -> approve.number();
            case Withdraw withdraw -> withdraw.number();
            case RotateKey _, SetEndpoints _, Attest _, ReportEvidence _, Permit _, Report _ -> 0;
            case Invite _, Redeem _, Revoke _ -> 0;
        };
    }
}
