package org.witan.validator.consensus.round;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;

/** What this node signed in one view: at most one vote of a kind. */
public final class OwnVotes {
    /** Of a view in which nothing was signed; not to be changed. */
    static final OwnVotes NONE = new OwnVotes();

    private final Map<VoteKind, Vote> byKind = new EnumMap<>(VoteKind.class);

    OwnVotes() {}

    void put(Vote vote) {
        byKind.put(vote.ballot().kind(), vote);
    }

    /** The vote of this kind. */
    public Optional<Vote> of(VoteKind kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Whether a vote of this kind was signed. */
    public boolean has(VoteKind kind) {
        return byKind.containsKey(kind);
    }

    /** Whether exactly this was signed. */
    public boolean has(Ballot ballot) {
        Vote vote = byKind.get(ballot.kind());
        return vote != null && vote.ballot().equals(ballot);
    }

    /** Whether nothing was signed. */
    public boolean isEmpty() {
        return byKind.isEmpty();
    }

    /** All of them, in the order notarize, nullify, finalize. */
    public Collection<Vote> all() {
        return byKind.values();
    }
}
