package org.witan.validator.history;

import java.util.Comparator;

/**
 * Where a transaction stands in the ledger.
 *
 * @param height of its block
 * @param index in the block, from 0
 */
public record Position(long height, int index) implements Comparable<Position> {
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::height).thenComparingInt(Position::index);

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
