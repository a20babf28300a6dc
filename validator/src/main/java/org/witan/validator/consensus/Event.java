package org.witan.validator.consensus;

/**
 * Something that happened, for the log and the metrics.
 *
 * @param kind which of the kinds
 * @param view the view that it concerns
 * @param text for people: a short clause, without the view
 */
public record Event(Kind kind, long view, String text) {
    /** The kinds, each a metric. */
    public enum Kind {
        /** A view was entered. */
        ENTERED,
        /** This node proposed a block. */
        PROPOSED,
        /** This node voted to skip a view; the text says why. */
        NULLIFIED,
        /** A proposal that may not stand; the text says why. */
        REFUSED_PROPOSAL,
        /** A block failed its execution. */
        INVALID_BLOCK,
        /** A view without any certificate was nullified after the fact (rule R6h). */
        GAP_REPAIRED,
        /** This node never votes again: it may have signed what it does not remember. */
        STOPPED_VOTING,
        /** The epoch ended with a boundary block. */
        EPOCH_CLOSED
    }
}
