package org.witan.validator.node.verify;

import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.Execution;
import org.witan.chain.state.Refusal;
import org.witan.chain.state.SignatureCheck;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;

/**
 * Refuses a client's transaction as the node loop would, before it costs the node loop anything.
 *
 * <p>It judges by the newest committed state, with the key that is in force there. Any thread.
 */
public final class Precheck {
    private final LedgerReader ledger;
    private final Execution execution;

    /** Judges by this ledger. */
    public Precheck(LedgerReader ledger, NetworkId networkId, Verifier verifier) {
        this.ledger = ledger;
        execution = new Execution(networkId, SignatureCheck.by(verifier));
    }

    /** Why no block can take it now; empty if one can, or if the node loop has to say. */
    public Optional<Refusal> refusal(Transaction transaction) {
        BlockHeader tip = ledger.tip().header();
        var next = new Execution.At(tip.height() + 1, tip.timestampMillis());
        try {
            return execution.refusal(ledger.state(), transaction, next);
        } catch (OperatorError overtaken) {
            return Optional.empty();
        }
    }
}
