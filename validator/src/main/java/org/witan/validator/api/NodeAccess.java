package org.witan.validator.api;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import org.witan.chain.block.Transaction;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/**
 * What the HTTP API needs of the node that it stands in front of; the node implements it.
 *
 * <p>Every method may be called from any thread at any time and returns at once, except {@link
 * #roundTrip}. The API never reaches into the state of the node loop: it reads what was published
 * and hands in what is asked.
 */
public interface NodeAccess {
    /** What the node published last; never older than the last turn that changed anything. */
    NodeSnapshot snapshot();

    /** The ledger of this node; it stays open as long as the API serves. */
    LedgerReader ledger();

    /** What the network was founded with. */
    Founding founding();

    /** The genesis file as it was given to the node, JSON in UTF-8, a fresh array. */
    byte[] genesisDocument();

    /**
     * Hands in a transaction whose encoding is sound; nothing else about it has been checked.
     *
     * <p>The stage ends with {@link Submission.Accepted} (or {@link Submission.Committed}, if it is
     * known to be in a block already) once the pool has it, with {@link Submission.Refused} if it
     * will never be executed as it is, and, where {@code waitForCommit} is set, only when it stands
     * in a finalized block. It never ends exceptionally. The API stops waiting by completing the
     * stage's future itself, after which the node drops whatever it kept for it.
     */
    CompletionStage<Submission> submit(Transaction transaction, boolean waitForCommit);

    /**
     * Measures the round trip of the link to another member now, and waits for it: the one method
     * that does not return at once.
     *
     * @return milliseconds; empty if there is no link, or no answer within {@code patience}
     */
    OptionalDouble roundTrip(NodeId peer, Duration patience) throws InterruptedException;

    /** A read of {@link #ledger} failed or found what was never written: the node ends. */
    void broken(StoreFailed failed);
}
