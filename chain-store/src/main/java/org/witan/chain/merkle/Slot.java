package org.witan.chain.merkle;

import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** One of the 16 places of a page. */
sealed interface Slot {
    /** No path leads here. */
    enum Empty implements Slot {
        EMPTY
    }

    /**
     * Exactly one path leads here.
     *
     * @param pathHash SHA-256 of the path
     * @param valueHash SHA-256 of its value
     */
    record Leaf(Hash pathHash, Hash valueHash) implements Slot {
        /** H(0 ‖ pathHash ‖ valueHash). */
        Hash hash(Digest digest) {
            return digest.add(0).add(pathHash).add(valueHash).done();
        }
    }

    /**
     * Several paths lead here; they are told apart by a page of their own.
     *
     * @param version which version of that page
     * @param hash of the subtree below
     */
    record Child(long version, Hash hash) implements Slot {}
}
