package org.witan.chain.rocks;

import java.util.Comparator;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.codec.Codec;

/**
 * Where a vote or a certificate stands: one of each kind in a view.
 *
 * <p>Wire: epoch u63, view u63, kind u8.
 *
 * @param epoch from 1
 * @param view from 1
 * @param kind of the vote
 */
record Place(long epoch, long view, VoteKind kind) implements Comparable<Place> {
    static final Codec<Place> CODEC =
            new Codec<>(
                    (place, out) ->
                            VoteKind.CODEC.write(place.kind, out.u63(place.epoch).u63(place.view)),
                    in -> new Place(in.u63(), in.u63(), VoteKind.CODEC.read(in)));

    private static final Comparator<Place> ORDER =
            Comparator.comparingLong(Place::epoch)
                    .thenComparingLong(Place::view)
                    .thenComparing(Place::kind);

    static Place of(Ballot ballot) {
        return new Place(ballot.epoch(), ballot.view(), ballot.kind());
    }

    /** Whether a finalization at {@code limit} makes this useless. */
    boolean isUpTo(Ballot limit) {
        return epoch < limit.epoch() || epoch == limit.epoch() && view <= limit.view();
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
