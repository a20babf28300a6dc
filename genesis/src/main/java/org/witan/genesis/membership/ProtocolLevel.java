package org.witan.genesis.membership;

/**
 * The protocol levels: which rules of validity hold is said by the level in force on the ledger,
 * and never by a node's build or settings.
 *
 * <p>Source: docs/protocol/governance.md, GV13.
 */
public final class ProtocolLevel {
    /** The rules of the first release. */
    public static final int FIRST = 1;

    /** From this level on keys of entries hold no control characters. */
    public static final int PRINTABLE_KEYS = 2;

    /** The greatest level whose rules this code knows. */
    public static final int GREATEST = PRINTABLE_KEYS;

    private ProtocolLevel() {}
}
