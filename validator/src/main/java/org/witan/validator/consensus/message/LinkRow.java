package org.witan.validator.consensus.message;

import java.util.Collections;
import java.util.List;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.membership.Configuration;

/**
 * A node's own links, as it tells everybody: one row of the mesh.
 *
 * <p>Wire: u16 count, then u16 for each validator.
 *
 * @param roundTripsMillis for each validator of the sender's epoch, in the order of the set: round
 *     trip in milliseconds, {@link #DOWN} or {@link #UNKNOWN}; at most 100, empty if not known
 */
public record LinkRow(List<Integer> roundTripsMillis) {
    /** There is no link. */
    public static final int DOWN = 0xffff;

    /** There is a link, its round trip is not measured; also a node's place in its own row. */
    public static final int UNKNOWN = 0xfffe;

    /** Nothing is known about any link. */
    public static final LinkRow NONE = new LinkRow(List.of());

    /** See the type. */
    public static final Codec<LinkRow> CODEC =
            new Codec<>(
                    (row, out) -> out.list16(row.roundTripsMillis, entry()),
                    in -> new LinkRow(in.list16(Configuration.MAX_VALIDATORS, 2, entry())));

    /** Copies the list. */
    public LinkRow {
        roundTripsMillis = List.copyOf(roundTripsMillis);
    }

    /** A row for {@code validators} members, all of them down. */
    public static LinkRow down(int validators) {
        return new LinkRow(Collections.nCopies(validators, DOWN));
    }

    private static Codec<Integer> entry() {
        return new Codec<>((value, out) -> out.u16(value), in -> in.u16());
    }
}
