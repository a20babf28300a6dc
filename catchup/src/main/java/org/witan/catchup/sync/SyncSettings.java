package org.witan.catchup.sync;

/**
 * Bounds of a catch-up that are a node's own affair.
 *
 * @param silenceMillis a member that owes an answer for so long is asked no more for a while
 * @param slowWindowMillis span over which a member's rate is judged
 * @param slowBytesPerSecond least rate of a member that others are not preferred to
 * @param outstanding most unanswered ranges of one member, 20 at most; few, so that the first
 *     member to answer is not given everything
 * @param pieceBytes greatest size that a range is asked for, at most 4 MiB
 * @param windowBytes most bytes asked for or waiting for their turn, one range more at most
 * @param handOverHeights distance from the members' tips that consensus is left to close
 * @param pollMillis pause between two questions for a member's tip when the tip is near
 */
public record SyncSettings(
        long silenceMillis,
        long slowWindowMillis,
        long slowBytesPerSecond,
        int outstanding,
        int pieceBytes,
        long windowBytes,
        int handOverHeights,
        long pollMillis) {
    /** The figures of docs/protocol/catchup.md. */
    public static final SyncSettings DEFAULT =
            new SyncSettings(6_000, 15_000, 128 << 10, 4, 1 << 20, 16 << 20, 32, 1_000);

    /** Epoch links that are known ahead of the tip before no more are asked for. */
    static final int EPOCHS_AHEAD = 128;

    /** A machine that runs wakes at least this often, in milliseconds. */
    static final long BEAT_MILLIS = 250;

    /** Pause between two questions for a tip while it is more than {@link #FAR_HEIGHTS} away. */
    static final long FAR_POLL_MILLIS = 5_000;

    /** See {@link #FAR_POLL_MILLIS}. */
    static final long FAR_HEIGHTS = 1_024;

    /** Sizes that ranges are asked for adapt to a member between this and {@code pieceBytes}. */
    static final int LEAST_PIECE_BYTES = 64 << 10;

    /** A member that was silent so many times in a row is left alone for a while. */
    static final int SILENCES = 3;

    /** How long, in milliseconds. */
    static final long REST_MILLIS = 30_000;

    /** Longest pause that a busy member can impose, in milliseconds. */
    static final int BUSY_MILLIS = 10_000;
}
