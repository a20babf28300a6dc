package org.witan.validator.consensus.statespace;

/** Conditions of the voting rules, each to be left out once. */
enum Guard {
    /** A member notarizes one block in a view. */
    NOTARIZE_ONCE,
    /** A member that gave a view up does not notarize in it. */
    NOTARIZE_BEFORE_NULLIFY,
    /** A member that gave a view up does not finalize it. */
    FINALIZE_NOT_NULLIFIED,
    /** A member that finalized a view does not give it up. */
    NULLIFY_NOT_FINALIZED,
    /** Only what is notarized is finalized. */
    FINALIZE_NOTARIZED,
    /** Only what is notarized is built on. */
    PARENT_NOTARIZED,
    /** All views between a block and its parent are nullified. */
    GAP_NULLIFIED,
    /** Two certificates share an honest member: q votes, not q − 1. */
    QUORUM,
    /** A crash forgets no vote. */
    MEMORY
}
