package org.witan.validator.consensus.round;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;

/**
 * The views above the tip, and which blocks may be built on (rules R2, V3 and V4).
 *
 * <p>A block's parent is a certified block of an earlier view such that every view between is
 * nullified. The tip is a parent like any other, at the view of its finalization.
 */
public final class Rounds {
    /** Most missing views and blocks that one search names. */
    private static final int MAX_MISSING = 64;

    /**
     * The newest committed block.
     *
     * @param view of its finalization in this epoch, 0 at the epoch's start
     * @param hash of the header
     * @param header the block's
     * @param finalization of this epoch or the one before, empty at genesis
     */
    public record Tip(
            long view, Hash hash, BlockHeader header, Optional<Certificate> finalization) {}

    /** What a search for a parent finds. */
    public sealed interface Parent {
        /**
         * A parent, with the proof for all views between.
         *
         * @param view of its certificate
         * @param hash of the block
         * @param certificate of the block; that of an earlier epoch, or none, at the epoch's start
         */
        record Found(long view, Hash hash, Optional<Certificate> certificate) implements Parent {}

        /**
         * Something is not held yet.
         *
         * @param views whose certificates are missing, descending, at most 64
         * @param blocks certificates of blocks that are not executed yet, at most 64
         */
        record Missing(List<Long> views, List<Certificate> blocks) implements Parent {}

        /** There is no such parent and never will be. */
        record Impossible() implements Parent {}
    }

    private static final Parent.Found NOWHERE = new Parent.Found(0, Hash.NONE, Optional.empty());

    private final SafetyRules safety;
    private final TreeMap<Long, Round> byView = new TreeMap<>();
    private Tip tip;

    /** No view above this tip is known. */
    public Rounds(SafetyRules safety, Tip tip) {
        this.safety = safety;
        this.tip = tip;
    }

    /** The newest committed block. */
    public Tip tip() {
        return tip;
    }

    /** A newer block is committed; the rounds stay until they are dropped. */
    public void tip(Tip next) {
        tip = next;
    }

    /** The round of a view, made if need be. */
    public Round at(long view) {
        return byView.computeIfAbsent(view, Round::new);
    }

    /** The round of a view, if anything is known of it. */
    public Optional<Round> known(long view) {
        return Optional.ofNullable(byView.get(view));
    }

    /** The rounds above a view, ascending; not to be changed while new rounds are made. */
    public Collection<Round> above(long view) {
        return byView.tailMap(view, false).values();
    }

    /** Drops the rounds up to a view and answers them, ascending. */
    public List<Round> drop(long upTo) {
        var head = byView.headMap(upTo, true);
        List<Round> dropped = List.copyOf(head.values());
        head.clear();
        return dropped;
    }

    /** All certificates above the tip, ascending by view and kind. */
    public List<Certificate> certificates() {
        List<Certificate> all = new ArrayList<>();
        above(tip.view()).forEach(round -> round.certificates().forEach(all::add));
        return all;
    }

    /** Whether a block is certified in any view above the tip. */
    public boolean isCertified(Hash block) {
        for (Round round : byView.values()) {
            Optional<Certificate> base = round.foundation();
            if (base.isPresent() && base.get().ballot().blockHash().equals(block)) {
                return true;
            }
        }
        return false;
    }

    /** The parent of this hash for a block in this view. */
    public Parent named(long view, Hash hash) {
        List<Long> missing = new ArrayList<>();
        for (long below = view - 1; below > tip.view(); below--) {
            Optional<Round> round = known(below);
            Optional<Certificate> base = round.flatMap(Round::foundation);
            if (base.isPresent() && base.get().ballot().blockHash().equals(hash)) {
                return found(missing, new Parent.Found(below, hash, base));
            }
            if (round.isPresent() && round.get().has(VoteKind.FINALIZE)) {
                return new Parent.Impossible();
            }
            note(missing, below, round);
        }
        if (tip.hash().equals(hash)) {
            return found(missing, new Parent.Found(tip.view(), hash, tip.finalization()));
        }
        return missing.isEmpty() ? new Parent.Impossible() : found(missing, NOWHERE);
    }

    /** The parent for a block that this node makes in this view: the highest valid one. */
    public Parent best(long view, Candidates candidates) {
        List<Long> missing = new ArrayList<>();
        List<Certificate> blocks = new ArrayList<>();
        for (long below = view - 1; below > tip.view(); below--) {
            Optional<Round> round = known(below);
            Optional<Certificate> base = round.flatMap(Round::foundation);
            if (base.isPresent() && isValid(base.get(), candidates)) {
                return found(
                        missing,
                        blocks,
                        new Parent.Found(below, base.get().ballot().blockHash(), base));
            }
            if (base.isPresent() && !safety.maySkip(round)) {
                blocks.add(base.get());
                return new Parent.Missing(missing, blocks);
            }
            note(missing, below, round);
        }
        return found(missing, blocks, new Parent.Found(tip.view(), tip.hash(), tip.finalization()));
    }

    /** The nullifications of the views between two, newest first, at most so many. */
    public List<Certificate> skipped(long from, long to, int most) {
        List<Certificate> proof = new ArrayList<>();
        for (long view = to - 1; view > from && proof.size() < most; view--) {
            known(view).flatMap(r -> r.certificate(VoteKind.NULLIFY)).ifPresent(proof::add);
        }
        return proof;
    }

    private void note(List<Long> missing, long view, Optional<Round> round) {
        if (!safety.maySkip(round) && missing.size() < MAX_MISSING) {
            missing.add(view);
        }
    }

    private static boolean isValid(Certificate base, Candidates candidates) {
        return candidates.get(base.ballot().blockHash()).filter(Candidate::isValid).isPresent();
    }

    private static Parent found(List<Long> missing, Parent.Found parent) {
        return found(missing, List.of(), parent);
    }

    private static Parent found(List<Long> missing, List<Certificate> blocks, Parent.Found parent) {
        return missing.isEmpty() && blocks.isEmpty() ? parent : new Parent.Missing(missing, blocks);
    }
}
