package org.witan.genesis.membership;

/**
 * How many of {@code members} decide, and how many may lie.
 *
 * <p>With f = ⌊(n−1)/3⌋ and q = ⌊(n+f)/2⌋+1, two quorums share at least f+1 members and the n−f
 * honest ones are a quorum. Source: docs/protocol/consensus.md, C1.
 *
 * @param members size of the validator set, from 1
 */
public record Quorum(int members) {
    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException for a size below 1
     */
    public Quorum {
        if (members < 1) {
            throw new IllegalArgumentException("a validator set has at least one member");
        }
    }

    /** Greatest number of liars that safety survives: f. */
    public int faults() {
        return (members - 1) / 3;
    }

    /** Number of distinct members that decide: q. */
    public int size() {
        return (members + faults()) / 2 + 1;
    }

    /** Number of members among which at least one is honest: f+1. */
    public int oneHonest() {
        return faults() + 1;
    }
}
