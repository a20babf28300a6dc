package org.witan.validator.consensus.round;

import org.witan.genesis.crypto.Hash;

/**
 * Who leads which view: a fixed rotation whose start differs from epoch to epoch (rule C6).
 *
 * @param count size of the validator set
 * @param offset index of the leader of view 1
 */
public record Leaders(int count, int offset) {
    /** The rotation of an epoch that began with the block of this hash. */
    public static Leaders of(int count, Hash previousBoundary) {
        long start = 0;
        for (int i = 0; i < 4; i++) {
            start = start << 8 | previousBoundary.byteAt(i);
        }
        return new Leaders(count, (int) (start % count));
    }

    /** Index of the leader of a view, from 1. */
    public int at(long view) {
        return Math.floorMod(view - 1 + offset, count);
    }
}
