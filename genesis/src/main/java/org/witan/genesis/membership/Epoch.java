package org.witan.genesis.membership;

import org.witan.genesis.crypto.Hash;

/**
 * A configuration in force, with its number and its hash computed once.
 *
 * @param number from 1
 * @param configuration what consensus reads
 * @param configHash the configuration's hash
 */
public record Epoch(long number, Configuration configuration, Hash configHash) {
    /** An epoch of this number. */
    public static Epoch of(long number, Configuration configuration) {
        return new Epoch(number, configuration, configuration.hash());
    }

    /** How many of this epoch's validators decide. */
    public Quorum quorum() {
        return configuration.quorum();
    }
}
