package org.witan.validator.sim;

/** Mistakes that are planted into a simulated node, to see that the simulation finds them. */
enum Bug {
    /** None: the node as it is. */
    NONE,
    /** Votes are written but not synced before they are sent. */
    DROP_THE_SYNC,
    /** Messages leave before the turn's write is on disk. */
    SEND_BEFORE_SAVE,
    /** After a restart the node's own votes are not loaded. */
    FORGET_OWN_VOTES,
    /** A restart finds the disk as it was some batches ago. */
    RESTORE_AN_OLD_DISK,
    /** A client is told that its write is final when the pool has it. */
    ACKNOWLEDGE_EARLY,
    /** A new epoch's votes are written before the block that ends the old one. */
    VOTE_BEFORE_THE_BOUNDARY,
    /** The set of the old epoch is written down as that of the new one. */
    KEEP_THE_OLD_SET,
    /** After its key was replaced a node goes on signing with the old one. */
    SIGN_WITH_THE_OLD_KEY
}
