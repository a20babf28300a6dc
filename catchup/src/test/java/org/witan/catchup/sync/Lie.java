package org.witan.catchup.sync;

/** What a member does that is asked. */
enum Lie {
    NONE(false),
    SILENT(false),
    GARBAGE(true),
    ALTERED_BYTE(true),
    SHORT(false),
    SHIFTED(true),
    LOWERED_TIP(true),
    RAISED_TIP(true),
    OTHER_NETWORK(true),
    OTHER_BODY(true),
    SWAPPED_BLOCKS(true),
    FEW_SIGNATURES(true),
    OTHER_SET(true),
    OTHER_BLOCKS_PROOF(true),
    NOTARIZATION(true),
    FORGED_BOUNDARY(true),
    NO_EPOCHS(true),
    TWICE(false),
    DRIP(false),
    TRAILS(false),
    BUSY(false),
    REFUSES(true);

    private final boolean provable;

    Lie(boolean provable) {
        this.provable = provable;
    }

    /** Whether its answers prove it wrong sooner or later. */
    boolean isProvable() {
        return provable;
    }
}
