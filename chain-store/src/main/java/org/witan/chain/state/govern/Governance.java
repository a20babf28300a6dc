package org.witan.chain.state.govern;

import java.util.function.Function;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.GovernanceOperation.RotateKey;
import org.witan.chain.block.GovernanceOperation.Withdraw;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.block.Sender;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.NetworkId;

/**
 * Executes the governance operations of one block, in the order of its transactions.
 *
 * <p>An operation that is not done changes nothing. Source: docs/protocol/governance.md.
 */
public final class Governance {
    private final Values values;
    private final NetworkId networkId;
    private final long height;

    /**
     * The governance of one block.
     *
     * @param values as the block's transactions so far have left them
     * @param height of the block
     */
    public Governance(Values values, NetworkId networkId, long height) {
        this.values = values;
        this.networkId = networkId;
        this.height = height;
    }

    /** The configuration as it is now, in force from the next height. */
    public Configuration configuration() {
        return new Stage(values).configuration();
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
                            new Keys(stage, networkId).rotate(sender, keyNumber, rotate);
                };
        if (outcome != Outcome.DONE) {
            return new Receipt(outcome, 0);
        }
        stage.keep();
        return new Receipt(outcome, number(operation, next));
    }

    private Outcome decide(Stage stage, Sender sender, Function<Deciding, Outcome> wish) {
        return sender.organisation() && stage.council().seat(sender.id()).isPresent()
                ? wish.apply(new Deciding(stage, networkId, height, sender.id()))
                : Outcome.NOT_PERMITTED;
    }

    private static long number(GovernanceOperation operation, long next) {
        return switch (operation) {
            case Propose _ -> next;
            case Approve approve -> approve.number();
            case Withdraw withdraw -> withdraw.number();
            case RotateKey _ -> 0;
        };
    }
}
