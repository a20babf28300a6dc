package org.witan.validator.sim.oracle;

/**
 * What whole nodes promise together, by the numbers that tests, messages of failures and
 * docs/testing.md use. Each says where it is checked.
 */
public enum Promise {
    /** Nodes commit prefixes of one chain. {@link Ledgers#committed}. */
    P1,
    /** One notarization per view. {@link VoteBook#certified}. */
    P2,
    /** No view is both finalized and nullified. {@link VoteBook#certified}. */
    P3,
    /** What is finalized was notarized. {@link VoteBook#certified}. */
    P4,
    /** A block skips nullified views only. {@link VoteBook#skipped}. */
    P5,
    /** A certificate holds a quorum of distinct members, all of whom signed. {@link VoteBook}. */
    P6,
    /** A node signs nothing that it must never sign, over all its lives. {@link VoteBook#wrote}. */
    P7,
    /** What is committed was submitted, and is there once; told is committed. {@link Ledgers}. */
    P8,
    /** One height, one state, which is that of a ledger kept by hand. {@link Ledgers}. */
    P9,
    /**
     * An epoch's blocks name its set, and only a block that changes the set ends it; from the
     * founding alone every epoch and the tip prove themselves. {@link EpochOracle#agreed}, {@link
     * LightClient}.
     */
    P10,
    /** Heights, final views and epochs only grow. {@link Ledgers#committed}. */
    P11,
    /** Once the network is calm all stand at one height, and go on. {@code Closing}. */
    P12,
    /** A network without work says where it stands, and writes nothing. {@code Closing}. */
    P13,
    /** After a power cut of all, nothing final is lost, and it goes on. {@code Closing}. */
    P14,
    /** Pool and unfinal records stay in their bounds. {@link Oracle#watch}. */
    P15,
    /** One seed, one trace. {@code NetworkSimTest}. */
    P16,
    /** No member that keeps the rules is punished. {@code Cluster}. */
    P17,
    /**
     * A node signs in the one epoch that its disk has entered, from its place in that set, with the
     * key that the set names. {@link EpochOracle#signed}.
     */
    P18,
    /** In calm both ends of each pair write on one link, the same. {@code Closing}. */
    P19;

    /** What an assertion calls itself. */
    public String says(String sentence, Object... values) {
        return name() + ": " + sentence.formatted(values);
    }

    /** Fails unless it holds; the sentence is made only then. */
    public void holds(boolean holds, String sentence, Object... values) {
        if (!holds) {
            throw new AssertionError(says(sentence, values));
        }
    }
}
