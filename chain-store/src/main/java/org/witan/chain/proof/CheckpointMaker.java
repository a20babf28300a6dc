package org.witan.chain.proof;

import java.util.ArrayList;
import java.util.List;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Takes a checkpoint out of a ledger. For any thread. */
final class CheckpointMaker {
    private CheckpointMaker() {}

    static Checkpoint of(LedgerReader ledger, long height) {
        long tip = ledger.tip().height();
        if (height < Math.max(1, ledger.base()) || height > tip) {
            throw noSuchBlock(height, ledger.base(), tip);
        }
        BlockHeader header =
                ledger.header(height).orElseThrow(() -> new StoreFailed("no header " + height));
        long proven = ProofBundles.proven(ledger, height);
        List<BlockHeader> descendants = new ArrayList<>();
        for (long next = height + 1; next <= proven; next++) {
            descendants.add(ledger.header(next).orElseThrow());
        }
        List<EpochLink> links = new ArrayList<>();
        for (long number = 1; number <= header.epoch(); number++) {
            links.add(ProofBundles.link(ledger, number));
        }
        return new Checkpoint(
                List.copyOf(links),
                header,
                List.copyOf(descendants),
                ledger.finalization(proven).orElseThrow());
    }

    private static OperatorError noSuchBlock(long height, long base, long tip) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "NO_SUCH_BLOCKS",
                "there is no checkpoint of height " + height,
                tip == 0
                        ? "the ledger holds the genesis only, which is its own checkpoint"
                        : "a checkpoint is a block of height %d to %d here"
                                .formatted(Math.max(1, base), tip),
                "choose a height in that range, or wait until the ledger is there");
    }
}
