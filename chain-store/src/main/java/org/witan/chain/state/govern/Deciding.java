package org.witan.chain.state.govern;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.GovernanceOperation.Approve;
import org.witan.chain.block.GovernanceOperation.Propose;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.change.Change;
import org.witan.chain.change.Change.FinaliseUpgrade;
import org.witan.chain.change.Council;
import org.witan.chain.change.Proposal;
import org.witan.chain.change.Proposal.Status;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * How an organisation proposes, approves and withdraws. Source: docs/protocol/governance.md, GV1 to
 * GV4.
 */
final class Deciding {
    private final Stage stage;
    private final NetworkId networkId;
    private final long height;
    private final NodeId organisation;

    /** What an organisation that has a seat decides in a block of {@code height}. */
    Deciding(Stage stage, NetworkId networkId, long height, NodeId organisation) {
        this.stage = stage;
        this.networkId = networkId;
        this.height = height;
        this.organisation = organisation;
    }

    Outcome propose(Propose operation) {
        Council council = stage.council();
        Change change = operation.change();
        if (change.isMembership() && council.isMembershipOpen(height)) {
            return Outcome.CHANGE_IN_FLIGHT;
        }
        if (council.isBusy(organisation, height)) {
            return Outcome.TOO_MANY_CHANGES;
        }
        long number = council.nextChange();
        Outcome possible = new Changes(new Stage(stage), networkId, height).apply(change, number);
        if (possible != Outcome.DONE) {
            return possible;
        }
        if (change instanceof FinaliseUpgrade) {
            new Upgrades(stage, height).finalising(number);
        }
        long expires = height + stage.configuration().rules().changeLifetimeBlocks();
        var open = new Council.Open(number, organisation, change.isMembership(), expires);
        stage.put(council.proposed(open, height));
        return settle(
                new Proposal(
                        number,
                        organisation,
                        height,
                        expires,
                        change,
                        operation.reason(),
                        operation.forced(),
                        List.of(organisation),
                        Status.OPEN,
                        0));
    }

    Outcome approve(Approve operation) {
        Optional<Proposal> proposal = stage.proposal(operation.number());
        if (proposal.isEmpty()) {
            return Outcome.NO_SUCH_CHANGE;
        }
        if (!proposal.get().isOpen(height)) {
            return Outcome.CHANGE_CLOSED;
        }
        if (!proposal.get().change().hash().equals(operation.change())) {
            return Outcome.OTHER_CHANGE;
        }
        if (proposal.get().approvals().contains(organisation)) {
            return Outcome.ALREADY_APPROVED;
        }
        return settle(
                proposal.get().withApproval(organisation, true).insistedOn(operation.forced()));
    }

    Outcome withdraw(long number) {
        Optional<Proposal> proposal = stage.proposal(number);
        if (proposal.isEmpty()) {
            return Outcome.NO_SUCH_CHANGE;
        }
        if (!proposal.get().isOpen(height)) {
            return Outcome.CHANGE_CLOSED;
        }
        if (proposal.get().proposer().equals(organisation)) {
            close(proposal.get(), Status.WITHDRAWN);
            return Outcome.DONE;
        }
        if (!proposal.get().approvals().contains(organisation)) {
            return Outcome.WRONG_STATE;
        }
        stage.put(proposal.get().withApproval(organisation, false));
        return Outcome.DONE;
    }

    /** Records the approvals, and applies the change if they are enough. */
    private Outcome settle(Proposal proposal) {
        Council council = stage.council();
        if (council.count(proposal.approvals()) < council.quorum().size()) {
            stage.put(proposal);
            return Outcome.DONE;
        }
        close(proposal, Status.APPLIED);
        return new Changes(stage, networkId, height).apply(proposal.change(), proposal.number());
    }

    private void close(Proposal proposal, Status end) {
        stage.put(proposal.closed(end, height));
        stage.put(stage.council().closed(proposal.number()));
    }
}
