/**
 * How an empty node comes to hold the state of a final height without executing the blocks below,
 * as a deterministic machine.
 *
 * <p>Start at {@link SnapshotJoin#step}. It asks the linked members for their tips, learns the
 * epochs up to there, decides whether a snapshot is worth it, and fetches the state of one height
 * from several members in chunks that are each proven by themselves. What it verified it hands to
 * its caller to keep, and takes back from it after a crash.
 *
 * <p>Pure, confined to one thread. Source: docs/protocol/catchup.md, K18 to K23.
 */
@NullMarked
package org.witan.catchup.snapshot;

import org.jspecify.annotations.NullMarked;
