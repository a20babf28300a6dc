package org.witan.validator.core;

import org.witan.catchup.sync.SyncSettings;
import org.witan.genesis.membership.ProtocolLevel;
import org.witan.validator.consensus.Self;
import org.witan.validator.pool.PoolLimits;

/**
 * What a node is made of, besides its ledger.
 *
 * @param self who it acts for
 * @param pool what its pool may hold
 * @param catchup bounds of its catch-up
 * @param greatestLevel the greatest protocol level that this program speaks
 */
public record NodeSetup(Self self, PoolLimits pool, SyncSettings catchup, int greatestLevel) {
    /** A program that speaks every level whose rules are known. */
    public NodeSetup(Self self, PoolLimits pool, SyncSettings catchup) {
        this(self, pool, catchup, ProtocolLevel.GREATEST);
    }
}
