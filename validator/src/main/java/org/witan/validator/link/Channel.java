package org.witan.validator.link;

/** Which part of the node a message belongs to. */
public enum Channel {
    /** Proposals, votes, certificates, status. */
    CONSENSUS,
    /** Transactions on their way to a leader. */
    TRANSACTIONS,
    /** Requests for a range of the ledger and their answers. */
    CATCHUP
}
