package org.witan.validator.consensus.round;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Signature;

/**
 * The votes of one view: one slot for each kind and signer, the first value stays (rule C13).
 *
 * <p>A vote from its own signer's link is held unverified until it would decide something (rule
 * C14).
 */
public final class Tally {
    private record Slot(Vote vote, boolean verified) {}

    private final Map<VoteKind, TreeMap<Integer, Slot>> slots = new EnumMap<>(VoteKind.class);
    private final TreeSet<Integer> accused = new TreeSet<>();

    /** A tally without votes. */
    public Tally() {
        for (VoteKind kind : VoteKind.values()) {
            slots.put(kind, new TreeMap<>());
        }
    }

    /** The vote in a slot. */
    public Optional<Vote> held(VoteKind kind, int signer) {
        return Optional.ofNullable(of(kind).get(signer)).map(Slot::vote);
    }

    /** Fills a slot, or marks the vote in it as verified. */
    public void put(Vote vote, boolean verified) {
        of(vote.ballot().kind()).put(vote.signer(), new Slot(vote, verified));
    }

    /** Empties a slot. */
    public void drop(VoteKind kind, int signer) {
        of(kind).remove(signer);
    }

    /** Number of votes for this, verified or not. */
    public int count(Ballot ballot) {
        int count = 0;
        for (Slot slot : of(ballot.kind()).values()) {
            if (slot.vote.ballot().equals(ballot)) {
                count++;
            }
        }
        return count;
    }

    /** Indexes of the signers of votes of this kind, ascending. */
    public List<Integer> signers(VoteKind kind) {
        return List.copyOf(of(kind).keySet());
    }

    /** Number of distinct signers of votes of any kind. */
    public int voters() {
        BitSet voters = new BitSet();
        slots.values().forEach(byKind -> byKind.keySet().forEach(voters::set));
        return voters.cardinality();
    }

    /** All votes, by kind and signer. */
    public List<Vote> votes() {
        List<Vote> votes = new ArrayList<>();
        slots.values().forEach(byKind -> byKind.values().forEach(slot -> votes.add(slot.vote)));
        return votes;
    }

    /** Remembers that a signer was accused in this view. */
    public void accuse(int signer) {
        accused.add(signer);
    }

    /** Whether a signer was accused in this view. */
    public boolean isAccused(int signer) {
        return accused.contains(signer);
    }

    /**
     * Verifies votes for this until enough of them hold.
     *
     * @param holds decides about a signature
     * @param bad told the signer of each vote that does not hold; its slot is emptied
     * @return whether {@code wanted} votes hold
     */
    public boolean verify(Ballot ballot, int wanted, Predicate<Vote> holds, IntConsumer bad) {
        if (count(ballot) < wanted) {
            return false;
        }
        TreeMap<Integer, Slot> byKind = of(ballot.kind());
        int verified = 0;
        for (Slot slot : byKind.values()) {
            verified += counts(slot, ballot) ? 1 : 0;
        }
        for (Slot slot : List.copyOf(byKind.values())) {
            if (verified >= wanted) {
                return true;
            }
            if (slot.verified || !slot.vote.ballot().equals(ballot)) {
                continue;
            }
            if (holds.test(slot.vote)) {
                put(slot.vote, true);
                verified++;
            } else {
                byKind.remove(slot.vote.signer());
                bad.accept(slot.vote.signer());
            }
        }
        return verified >= wanted;
    }

    /** The certificate of the first {@code quorum} verified votes for this; call verify before. */
    public Certificate certificate(Ballot ballot, int quorum) {
        List<Integer> signers = new ArrayList<>();
        List<Signature> signatures = new ArrayList<>();
        for (Slot slot : of(ballot.kind()).values()) {
            if (signers.size() < quorum && counts(slot, ballot)) {
                signers.add(slot.vote.signer());
                signatures.add(slot.vote.signature());
            }
        }
        return new Certificate(ballot, signers, signatures);
    }

    private static boolean counts(Slot slot, Ballot ballot) {
        return slot.verified && slot.vote.ballot().equals(ballot);
    }

    private TreeMap<Integer, Slot> of(VoteKind kind) {
        return Objects.requireNonNull(slots.get(kind));
    }
}
