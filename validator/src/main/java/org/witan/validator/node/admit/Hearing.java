package org.witan.validator.node.admit;

import org.witan.chain.block.Sender;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Role;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.pool.TransactionBatch;

/** What is read of a peer's messages, by its role. Source: docs/protocol/link.md, H12. */
public final class Hearing {
    private Hearing() {}

    /** Whether a message of consensus is read: who does not vote has no proposals and no votes. */
    public static boolean hears(Role peer, ConsensusMessage message) {
        return peer == Role.VALIDATOR || !(message instanceof Proposal || message instanceof Votes);
    }

    /** Whether transactions are read: an observer hands in nothing of others. */
    public static boolean hears(Role role, NodeId peer, TransactionBatch batch) {
        return role != Role.OBSERVER
                || batch.transactions().stream()
                        .allMatch(t -> t.intent().sender().equals(Sender.member(peer)));
    }
}
