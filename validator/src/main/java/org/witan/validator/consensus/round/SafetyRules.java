package org.witan.validator.consensus.round;

import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.Recovered;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * May I sign this? The only place that creates votes, and the only place that knows what this node
 * signed (rule C5, "never"; invariants I1, I2 and I5 of C9).
 *
 * <p>Not final, so that tests can break one rule at a time and see that the simulation notices.
 */
public class SafetyRules {
    /**
     * What a vote is signed with.
     *
     * @param index this node's place in the validator set, -1 for a node that is not in it
     * @param networkId the network
     * @param signer the key of that place
     */
    public record Pen(int index, NetworkId networkId, Signer signer) {}

    private final Epoch epoch;
    private final Pen pen;
    private final TreeMap<Long, OwnVotes> mine = new TreeMap<>();
    private long floor;
    private boolean allowed;
    private boolean open = true;
    private boolean asking;
    private boolean lost;

    /**
     * Up to this view votes may have been cast that are lost; nothing is signed until it is final.
     */
    private long lostUpTo;

    /**
     * Rules of one epoch.
     *
     * @param floor view of the durable finalization; nothing is signed at or below it
     * @param allowed whether all that this node ever signed is remembered
     */
    public SafetyRules(Epoch epoch, Pen pen, long floor, boolean allowed) {
        this.epoch = epoch;
        this.pen = pen;
        this.floor = floor;
        this.allowed = allowed && pen.index() >= 0;
    }

    /** Takes back a vote that this node cast before it crashed. */
    public final void restore(Vote vote) {
        mine.computeIfAbsent(vote.ballot().view(), view -> new OwnVotes()).put(vote);
    }

    /** Signs that a block is valid, if that contradicts nothing; the caller persists it first. */
    public final Optional<Vote> notarize(long view, Hash block) {
        return mayNotarize(view, block)
                ? Optional.of(sign(VoteKind.NOTARIZE, view, block))
                : Optional.empty();
    }

    /** Signs that a view may be skipped, if that contradicts nothing. */
    public final Optional<Vote> nullify(long view) {
        return mayNullify(view)
                ? Optional.of(sign(VoteKind.NULLIFY, view, Hash.NONE))
                : Optional.empty();
    }

    /** Signs never to skip the view of a notarized block, if that contradicts nothing. */
    public final Optional<Vote> finalize(long view, Hash block) {
        return mayFinalize(view)
                ? Optional.of(sign(VoteKind.FINALIZE, view, block))
                : Optional.empty();
    }

    /** Once in a view, and not after giving it up (I1). */
    public boolean mayNotarize(long view, Hash block) {
        OwnVotes votes = mine(view);
        return signsIn(view) && !votes.has(VoteKind.NOTARIZE) && !votes.has(VoteKind.NULLIFY);
    }

    /** Once in a view, and never after finalizing it (I2). */
    protected boolean mayNullify(long view) {
        OwnVotes votes = mine(view);
        return signsIn(view) && !votes.has(VoteKind.NULLIFY) && !votes.has(VoteKind.FINALIZE);
    }

    /** Once in a view, and never after giving it up (I2). */
    protected boolean mayFinalize(long view) {
        OwnVotes votes = mine(view);
        return signsIn(view) && !votes.has(VoteKind.NULLIFY) && !votes.has(VoteKind.FINALIZE);
    }

    /** How many votes make a certificate. */
    public int quorum() {
        return epoch.quorum().size();
    }

    /** Whether a block may be built across this view: its nullification is held (V4). */
    public boolean maySkip(Optional<Round> round) {
        return round.isPresent() && round.get().has(VoteKind.NULLIFY);
    }

    /** Whether the view is above the floor, the epoch open and this node's memory whole. */
    protected final boolean signsIn(long view) {
        return mayVote() && view > floor;
    }

    /** What this node signed in a view above the floor. */
    public final OwnVotes mine(long view) {
        return mine.getOrDefault(view, OwnVotes.NONE);
    }

    /** Every view above the floor in which this node signed something. */
    public final Iterable<Long> viewsSigned() {
        return mine.keySet();
    }

    /** Whether this node knows that it signed this, or cannot know any more. */
    public boolean remembers(Ballot ballot) {
        return ballot.view() <= floor || mine(ballot.view()).has(ballot);
    }

    /** Whether this node signs at all. */
    public final boolean mayVote() {
        return isTrusted() && !asking;
    }

    /** Whether this node signs, or will when it has asked the others. */
    public final boolean isTrusted() {
        return allowed && open && !lost;
    }

    /**
     * Signs nothing until {@link #asked}: the others may know of votes that this node does not.
     *
     * @param certainly whether votes were cast that this node does not know
     */
    public final void ask(boolean certainly) {
        asking = true;
        lost = certainly;
        lostUpTo = Long.MAX_VALUE;
    }

    /**
     * Enough others were asked. Who may have forgotten votes waits until a view is final behind
     * which there can be none.
     *
     * @param newest view in which such a vote can have been cast
     */
    public final void asked(long newest) {
        asking = false;
        lostUpTo = newest;
        remember();
    }

    private void remember() {
        lost &= floor < lostUpTo;
    }

    /** What is known of this node's votes, as {@link Recovered.Past} has it. */
    public final Recovered.Past past() {
        if (lost) {
            return Recovered.Past.LOST;
        }
        return asking ? Recovered.Past.KEPT : Recovered.Past.ASKED;
    }

    /** Whether the others are still to be asked. */
    public final boolean isAsking() {
        return asking;
    }

    /** Never signs again: this node is not sure what it signed (C11, amnesia). */
    public final void stop() {
        allowed = false;
    }

    /** Never signs again in this epoch: its last block is final (R10). */
    public final void closeEpoch() {
        open = false;
    }

    /** A finalization of this view is durable: forgets the votes up to there. */
    public final void raiseFloor(long view) {
        floor = Math.max(floor, view);
        remember();
        mine.headMap(floor, true).clear();
    }

    private Vote sign(VoteKind kind, long view, Hash block) {
        Ballot ballot = new Ballot(kind, epoch.number(), epoch.configHash(), view, block);
        Vote vote = Vote.cast(ballot, pen.index(), pen.networkId(), pen.signer());
        restore(vote);
        return vote;
    }
}
