package org.witan.genesis.membership;

/** What a member does for the network. The code is its place in formats. */
public enum Role {
    /** Votes. */
    VALIDATOR(1),
    /** Follows the ledger, takes clients' transactions and forwards them. */
    GATEWAY(2),
    /** Follows the ledger and serves verified reads. */
    OBSERVER(3),
    /** Signs transactions, runs no node. */
    CLIENT(4);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /** The byte that stands for this role in formats. */
    public int code() {
        return code;
    }
}
