package org.witan.validator.core.execution;

import org.witan.chain.block.Transaction;
import org.witan.genesis.membership.Rules;

/**
 * How large a body this node proposes: what voters can execute in a quarter of their patience, as
 * far as this node's own pace tells.
 *
 * <p>Source: docs/protocol/consensus.md, C21.
 */
public final class BlockTarget {
    /** Voters wait eight times Δ for a block's certificate. */
    private static final int PATIENCE_DELAYS = 8;

    /** Room for the largest transaction, so that none is left out for ever. */
    private static final int LEAST_BYTES = 2 * Transaction.MAX_BYTES;

    private int bytes = Integer.MAX_VALUE;

    /** Most bytes of the next body; at most what the rules allow. */
    public int bytes(Rules rules) {
        return Math.min(bytes, rules.blockMaxBytes());
    }

    /**
     * A body of this size was executed in this time: halves the target if that took too long, and
     * raises it by a tenth if a body of at least half of it did not.
     */
    public void executed(int bodyBytes, long micros, Rules rules) {
        int target = bytes(rules);
        long mostMicros = PATIENCE_DELAYS * rules.networkDelayMillis() * 1000L / 4;
        if (micros > mostMicros) {
            bytes = Math.max(LEAST_BYTES, Math.min(target, bodyBytes) / 2);
        } else if (bodyBytes >= target / 2) {
            bytes = target + target / 10;
        }
    }
}
