package org.witan.validator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.catchup.sync.CatchupProgress;
import org.witan.catchup.sync.Position;
import org.witan.catchup.sync.SyncEffect;
import org.witan.catchup.sync.SyncInput;
import org.witan.catchup.sync.Synchroniser;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.state.Execution;
import org.witan.validator.core.execution.BlockBuilder;
import org.witan.validator.core.execution.Chain;
import org.witan.validator.pool.Pool;

/**
 * Executes and commits what catch-up brings, and tells catch-up and consensus where the chain
 * stands.
 *
 * <p>A height can come from both at once; the first to decide it wins, and the other's word is only
 * compared. Source: docs/protocol/catchup.md; docs/protocol/consensus.md, C17.
 */
final class Follower {
    private final Synchroniser synchroniser;
    private final Chain chain;
    private final Pool pool;
    private final Execution finalized;

    /** Whether the commits of an append wait for the disk. */
    private boolean appending;

    private @Nullable Certificate proof;

    /**
     * @param pool what is committed leaves it
     * @param finalized executes without checking signatures, which a quorum did
     */
    Follower(Synchroniser synchroniser, Chain chain, Pool pool, Execution finalized) {
        this.synchroniser = synchroniser;
        this.chain = chain;
        this.pool = pool;
        this.finalized = finalized;
    }

    /** The node has just started, or consensus heard of a height far above ours. */
    List<NodeEffect> start(long nowMillis) {
        return step(nowMillis, new SyncInput.Start(position()));
    }

    /** Hands an input to catch-up and does what it wants. */
    List<NodeEffect> step(long nowMillis, SyncInput input) {
        List<NodeEffect> effects = new ArrayList<>();
        for (SyncEffect effect : synchroniser.step(nowMillis, input)) {
            apply(nowMillis, effect, effects);
        }
        return effects;
    }

    /** The writes are on disk: go on. */
    List<NodeEffect> saved(long nowMillis) {
        if (!appending) {
            return List.of();
        }
        appending = false;
        // Consensus may have gone on since: what is said is where the chain stands now.
        return step(nowMillis, new SyncInput.Appended(position()));
    }

    /** Consensus committed, so that catch-up need not fetch it. */
    List<NodeEffect> moved(long nowMillis) {
        return step(nowMillis, new SyncInput.Moved(position()));
    }

    /** The finalization of the tip since the last call, if catch-up moved it. */
    Optional<Certificate> takeProof() {
        Optional<Certificate> taken = Optional.ofNullable(proof);
        proof = null;
        return taken;
    }

    /** Whether more is known to be missing than consensus fetches by itself. */
    boolean isBehind(long nowMillis) {
        CatchupProgress progress = progress(nowMillis);
        return progress.running() && progress.target() > progress.height();
    }

    /** How it goes. */
    CatchupProgress progress(long nowMillis) {
        return synchroniser.progress(nowMillis);
    }

    /** When catch-up wants to be woken. */
    long wakeAtMillis() {
        return synchroniser.wakeAt();
    }

    private Position position() {
        return new Position(chain.tip(), chain.tipHash(), chain.epoch());
    }

    private void apply(long nowMillis, SyncEffect effect, List<NodeEffect> effects) {
        switch (effect) {
            case SyncEffect.Ask(var member, var request) ->
                    effects.add(new NodeEffect.Send(member, new Message.Catchup(request)));
            case SyncEffect.Append(var blocks, var finalization) ->
                    effects.addAll(append(nowMillis, blocks, finalization));
            case SyncEffect.Blame(var member, var reason) -> {
                effects.add(
                        new NodeEffect.Report("source-barred", "peer=" + member + " " + reason));
                effects.add(new NodeEffect.Punish(member, reason));
            }
            case SyncEffect.Finished(var height) ->
                    effects.add(new NodeEffect.Report("caught-up", "height=" + height));
            case SyncEffect.Failed(var height, var reason) ->
                    effects.add(new NodeEffect.Halt("at height " + height + ": " + reason));
            case SyncEffect.Report(var event, var sentence) ->
                    effects.add(new NodeEffect.Report("catchup-" + name(event), sentence));
        }
    }

    private List<NodeEffect> append(long nowMillis, List<Block> blocks, Certificate finalization) {
        List<Block> missing =
                blocks.stream().filter(block -> block.height() > chain.tip().height()).toList();
        if (missing.isEmpty()) {
            return step(nowMillis, new SyncInput.Appended(position()));
        }
        Block first = missing.getFirst();
        if (!first.header().parentHash().equals(chain.tipHash())) {
            return step(
                    nowMillis,
                    new SyncInput.Rejected(
                            first.height(), "not a child of the block that we have"));
        }
        Chain.Appended appended = chain.append(missing, finalization, finalized);
        if (appended.contradicted() != 0) {
            return step(
                    nowMillis,
                    new SyncInput.Rejected(
                            appended.contradicted(),
                            "execution gives another state than certified"));
        }
        appending = true;
        proof = finalization;
        List<NodeEffect> effects = new ArrayList<>();
        for (var write : appended.writes()) {
            // As with what consensus commits: a client of ours was promised this disk.
            boolean sync = pool.remove(write.block().body().transactions());
            effects.add(new NodeEffect.Save(write, sync));
            effects.add(new NodeEffect.Committed(write.block(), write.receipts(), true));
        }
        int mostBytes = BlockBuilder.mostTransactionBytes(chain.epoch().configuration().rules());
        pool.expire(chain.tip().height() + 1, mostBytes)
                .forEach(transaction -> effects.add(new NodeEffect.Expired(transaction.id())));
        return effects;
    }

    private static String name(SyncEffect.Event event) {
        return event.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
