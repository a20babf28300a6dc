package org.witan.validator.node.join;

import java.util.Optional;
import org.witan.catchup.snapshot.Anchor;
import org.witan.chain.proof.Checkpoint;
import org.witan.chain.store.LedgerReader;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Founding;

/**
 * What an operator wants of a start.
 *
 * @param snapshot whether an empty node may begin with a snapshot
 * @param checkpoint what is believed besides the genesis; an empty node then begins with a snapshot
 *     at or above it
 * @param leastGap blocks that must be missing for a snapshot without a checkpoint
 */
public record JoinPlan(boolean snapshot, Optional<Checkpoint> checkpoint, long leastGap) {
    boolean isNeeded() {
        return snapshot || checkpoint.isPresent();
    }

    Anchor anchor(Founding founding) {
        return checkpoint
                .map(known -> new Anchor(known.links(), Optional.of(known.header())))
                .orElseGet(() -> Anchor.genesis(founding));
    }

    /**
     * Refuses a checkpoint of another network, or one that the ledger contradicts.
     *
     * @throws OperatorError {@code CHECKPOINT_CONTRADICTED}
     */
    void check(Founding founding, LedgerReader ledger) {
        checkpoint.ifPresent(known -> {
            known.problem(founding, Ed25519.VERIFIER)
                    .ifPresent(why -> {
                        throw refused("the checkpoint is not of this network", why);
                    });
            long height = known.header().height();
            ledger.header(height)
                    .filter(here -> !here.hash().equals(known.header().hash()))
                    .ifPresent(here -> {
                        throw refused(
                                "this node's ledger contradicts the checkpoint",
                                "block %d is %s here and %s in the checkpoint"
                                        .formatted(height, here.hash(), known.header().hash()));
                    });
        });
    }

    private static OperatorError refused(String what, String why) {
        return new OperatorError(
                ExitCode.REFUSED_FOR_SAFETY,
                "CHECKPOINT_CONTRADICTED",
                what,
                why,
                "compare the six words of its block with another operator: witan checkpoint"
                        + " verify FILE --genesis FILE");
    }
}
