package org.witan.chain.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.merkle.Proof;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreFailed;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/** Makes proof bundles from a ledger. For any thread. */
public final class ProofBundles {
    private ProofBundles() {}

    /** A bundle for what stands at a path after the last committed block. */
    public static ProofBundle atTip(LedgerReader ledger, StatePath path) {
        return of(ledger, ledger.state(), path);
    }

    /**
     * A bundle for what stood at a path after the block of a height.
     *
     * @throws OperatorError {@code STATE_PRUNED} if the state of that height is not kept
     */
    public static ProofBundle at(LedgerReader ledger, long height, StatePath path) {
        return of(ledger, ledger.stateAt(height).orElseThrow(() -> notKept(height)), path);
    }

    /**
     * A bundle from a state of this ledger.
     *
     * @throws OperatorError {@code NOT_FINALIZED_HERE} while the node is catching up and the
     *     finalization that proves the block has not arrived
     */
    public static ProofBundle of(LedgerReader ledger, StateReader state, StatePath path) {
        BlockHeader header =
                ledger.header(state.height())
                        .orElseThrow(() -> new StoreFailed("no header " + state.height()));
        List<BlockHeader> descendants = new ArrayList<>();
        Optional<Certificate> finalization = Optional.empty();
        if (header.height() > 0) {
            long proven = proven(ledger, header.height());
            for (long height = header.height() + 1; height <= proven; height++) {
                descendants.add(ledger.header(height).orElseThrow());
            }
            finalization = ledger.finalization(proven);
        }
        return new ProofBundle(
                links(ledger, header.epoch()),
                header,
                List.copyOf(descendants),
                finalization,
                path,
                state.value(path),
                Proof.of(state, state.treeRoot(), path.hash()));
    }

    private static List<EpochLink> links(LedgerReader ledger, long epoch) {
        List<EpochLink> links = new ArrayList<>();
        for (long number = 2; number <= epoch; number++) {
            links.add(link(ledger, number));
        }
        return List.copyOf(links);
    }

    static EpochLink link(LedgerReader ledger, long number) {
        return ledger.epoch(number)
                .orElseThrow(() -> new StoreFailed("no link to epoch " + number));
    }

    /** The least height from this one on whose finalization is here and near enough. */
    static long proven(LedgerReader ledger, long height) {
        OptionalLong next = ledger.nextFinalized(height);
        if (next.isEmpty() || next.getAsLong() - height > ProofBundle.MAX_DESCENDANTS) {
            throw new OperatorError(
                    ExitCode.NOT_FOUND,
                    "NOT_FINALIZED_HERE",
                    "block " + height + " cannot be proven by this node yet",
                    "its finalization has not arrived, the node is catching up",
                    "wait until the node has caught up, or ask another one");
        }
        return next.getAsLong();
    }

    private static OperatorError notKept(long height) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "STATE_PRUNED",
                "the state of height " + height + " is not here",
                "the node keeps the states of its last heights only, and none of the future",
                "ask for a later height, or ask a node that keeps more states");
    }
}
