package org.witan.validator.consensus.round;

import org.witan.genesis.crypto.Hash;

/** Who leads which view (rule C6). */
@FunctionalInterface
public interface Leaders {
    /** Index of the leader of a view, from 1. */
    int at(long view);

    /**
     * A fixed rotation whose start differs from epoch to epoch.
     *
     * @param count size of the validator set
     * @param previousBoundary hash of the block that began the epoch
     */
    static Leaders of(int count, Hash previousBoundary) {
        long start = 0;
        for (int i = 0; i < 4; i++) {
            start = start << 8 | previousBoundary.byteAt(i);
        }
        long offset = start % count;
        return view -> Math.floorMod(view - 1 + offset, count);
    }
}
