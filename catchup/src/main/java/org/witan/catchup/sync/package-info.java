/**
 * How a node that is behind comes to hold the ledger of its network, as a deterministic machine.
 *
 * <p>Start at {@link Synchroniser#step}. It asks every linked member for its tip, learns the epochs
 * up to there, fetches ranges from several members at once, checks each with one certificate and
 * hands it to its caller to execute and keep. Nothing here opens a socket, reads a clock, draws a
 * random number or keeps anything on disk: the store's tip is the cursor.
 *
 * <p>What stands by lifetime: {@link Synchroniser} for the process, {@code Run} for one catch-up,
 * {@code Source} for one link.
 *
 * <p>Pure, confined to the node loop. Source: docs/protocol/catchup.md.
 */
@NullMarked
package org.witan.catchup.sync;

import org.jspecify.annotations.NullMarked;
