package org.witan.validator.core;

import org.witan.catchup.sync.SyncSettings;
import org.witan.validator.consensus.Self;
import org.witan.validator.pool.PoolLimits;

/**
 * What a node is made of, besides its ledger.
 *
 * @param self who it acts for
 * @param pool what its pool may hold
 * @param catchup bounds of its catch-up
 */
public record NodeSetup(Self self, PoolLimits pool, SyncSettings catchup) {}
