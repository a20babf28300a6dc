package org.witan.validator.consensus.round;

import java.util.TreeMap;

/**
 * Bounds what one member's misbehaviour may cost: a few proofs convict it as well as thousands
 * (C15).
 */
public final class Accusations {
    private static final int MOST_IN_AN_EPOCH = 16;

    private final TreeMap<Integer, Integer> made = new TreeMap<>();

    /** Whether one more accusation of this member is worth keeping; counts it. */
    public boolean admit(int signer) {
        return made.merge(signer, 1, Integer::sum) <= MOST_IN_AN_EPOCH;
    }
}
