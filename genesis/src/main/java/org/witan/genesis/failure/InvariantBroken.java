package org.witan.genesis.failure;

/** A promise of our own code does not hold: the node halts with exit code 70. */
public final class InvariantBroken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the promise that is broken, with the values that show it. */
    public InvariantBroken(String sentence) {
        super(sentence);
    }
}
