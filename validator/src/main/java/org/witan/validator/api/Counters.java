package org.witan.validator.api;

import java.util.Map;

/**
 * What a node has counted since it started; values never fall. Part of {@link NodeSnapshot}.
 *
 * @param transactions by result: {@code done}, {@code failed}, {@code refused}
 * @param handshakeFailures by reason, at most 32 reasons
 * @param commitSeconds intervals between commits of blocks
 * @param viewsPerCommit views that a commit took
 * @param catchupBlocks blocks that came by catching up
 * @param accusations times that a member was proven to have signed contradicting votes
 * @param storeSyncSeconds how long writes took that waited for the disk
 */
public record Counters(
        Map<String, Long> transactions,
        Map<String, Long> handshakeFailures,
        Distribution commitSeconds,
        Distribution viewsPerCommit,
        long catchupBlocks,
        long accusations,
        Distribution storeSyncSeconds) {
    /** Nothing counted yet. */
    public static final Counters NONE =
            new Counters(
                    Map.of(),
                    Map.of(),
                    Distribution.ofSeconds(),
                    Distribution.ofCounts(),
                    0,
                    0,
                    Distribution.ofDiskSeconds());

    /** Copies the maps. */
    public Counters {
        transactions = Map.copyOf(transactions);
        handshakeFailures = Map.copyOf(handshakeFailures);
    }
}
