package org.witan.validator.consensus.round;

import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Vote;

/** Votes of finalized views, kept for a while so that a late contradiction is provable (C15). */
public final class Archive {
    private static final int VIEWS = 64;

    private final TreeMap<Long, Tally> tallies = new TreeMap<>();

    /** Keeps the votes of a round that is dropped. */
    public void keep(Round round) {
        tallies.put(round.view(), round.tally());
        tallies.headMap(tallies.lastKey() - VIEWS, true).clear();
    }

    /** The votes of a view, if it was dropped not long ago. */
    public Optional<Tally> of(Vote vote) {
        return Optional.ofNullable(tallies.get(vote.ballot().view()));
    }
}
