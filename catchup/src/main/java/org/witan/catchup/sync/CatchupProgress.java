package org.witan.catchup.sync;

import java.util.List;
import java.util.OptionalLong;
import org.witan.genesis.membership.NodeId;

/**
 * How a catch-up goes, for people.
 *
 * @param running whether one runs
 * @param height last block that is committed
 * @param target greatest height that is proven to exist, never below {@code height}
 * @param blocksPerSecond over the last five seconds
 * @param bytesPerSecond of encoded blocks, over the last five seconds
 * @param sources members that are asked, ascending
 * @param barred members whose answers proved them wrong, ascending
 * @param etaMillis time until the target at this rate; empty if nothing moved
 * @param waitingFor what the catch-up waits for, one sentence; empty if it does not run
 */
public record CatchupProgress(
        boolean running,
        long height,
        long target,
        long blocksPerSecond,
        long bytesPerSecond,
        List<NodeId> sources,
        List<NodeId> barred,
        OptionalLong etaMillis,
        String waitingFor) {}
