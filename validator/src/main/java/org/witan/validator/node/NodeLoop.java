package org.witan.validator.node;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Vote;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreFailed;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.node.breakdown.Breakdown;

/**
 * Take, step, save, send: the one thread that owns all protocol state.
 *
 * <p>All saves of a turn are one atomic write, synced once if any of them asks for it, before any
 * message or answer of the turn leaves. Here is the only catch-all of the program, and it halts.
 */
final class NodeLoop implements Runnable {
    /** Most inputs of one turn, so that the oldest promise is not kept waiting. */
    private static final int TURN_INPUTS = 256;

    private static final Logger LOG = LoggerFactory.getLogger("EVENT");

    /** Every own vote, at level debug: saved already, and not sent yet. */
    private static final Logger VOTES = LoggerFactory.getLogger("VOTE");

    private final Node core;
    private final Mailbox<NodeInput> mailbox;
    private final Store store;
    private final Outbox outbox;
    private final Publisher publisher;
    private final Halt halt;
    private final NodeClock clock;
    private final DiskWatch disk;
    private volatile boolean stopping;
    private boolean saved;
    private long inputs;

    /** What the loop calls when the node cannot go on; on any thread. */
    @FunctionalInterface
    interface Halt {
        void halt(ExitCode exitCode, String sentence);
    }

    /** Where the effects of a turn go, after they are saved. */
    record Exits(Outbox outbox, Publisher publisher, Halt halt) {}

    NodeLoop(Node core, Mailbox<NodeInput> mailbox, Store store, Exits exits, NodeClock clock) {
        this.core = core;
        this.mailbox = mailbox;
        this.store = store;
        outbox = exits.outbox();
        publisher = exits.publisher();
        halt = exits.halt();
        this.clock = clock;
        disk = new DiskWatch(store);
    }

    /** Runs turns until {@link #stop} or until the node must not go on. */
    @Override
    public void run() {
        try {
            store.recovered().ownVotes().forEach(NodeLoop::note);
            while (!stopping) {
                turn();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (StoreFailed failed) {
            LOG.error("store-failed height={}", core.view().tip().height(), failed);
            halt.halt(Breakdown.exitCode(failed), Breakdown.sentence(failed));
        } catch (InvariantBroken broken) {
            LOG.error("invariant-broken input={}", inputs, broken);
            halt.halt(Breakdown.exitCode(broken), Breakdown.sentence(broken));
        } catch (RuntimeException | Error bug) {
            LOG.error("bug input={}", inputs, bug);
            halt.halt(ExitCode.INVARIANT_BROKEN, "a bug at input " + inputs + ": " + bug);
        }
    }

    /** Ends the loop after the turn that runs. */
    void stop() {
        stopping = true;
        mailbox.put(new NodeInput.Tick());
    }

    private void turn() throws InterruptedException {
        List<NodeInput> taken = mailbox.take(TURN_INPUTS, waitMillis());
        List<NodeEffect> effects = new ArrayList<>();
        if (saved) {
            effects.addAll(core.step(clock.now(), new NodeInput.Saved()));
        }
        publisher.mesh().ifPresent(mesh -> effects.addAll(core.step(clock.now(), mesh)));
        disk.look(clock.millis()).forEach(news -> effects.addAll(core.step(clock.now(), news)));
        for (NodeInput input : taken) {
            inputs++;
            step(input, effects);
        }
        if (core.wakeAt() <= clock.millis()) {
            effects.addAll(core.step(clock.now(), new NodeInput.Tick()));
        }
        saved = saveThenSend(store, effects, publisher::synced, outbox::send);
        publisher.turn(core, !taken.isEmpty() || !effects.isEmpty());
    }

    private void step(NodeInput input, List<NodeEffect> effects) {
        long before = System.nanoTime();
        effects.addAll(core.step(clock.now(), input));
        int executedBytes = core.takeExecutedBytes();
        if (executedBytes > 0) {
            long micros = (System.nanoTime() - before) / 1000;
            effects.addAll(core.step(clock.now(), new NodeInput.Executed(executedBytes, micros)));
        }
    }

    private long waitMillis() {
        if (saved) {
            return 0;
        }
        long wake = Math.min(core.wakeAt(), publisher.wakeAtMillis());
        return Math.clamp(wake - clock.millis(), 0, 1_000);
    }

    /**
     * Makes all that a turn saves durable, and lets the world see the turn after that, never
     * before.
     *
     * @param syncedNanos is told how long the disk took, if it was waited for
     * @return whether anything was saved
     * @throws StoreFailed if the disk fails; then nothing is sent
     */
    static boolean saveThenSend(
            Store store,
            List<NodeEffect> effects,
            LongConsumer syncedNanos,
            Consumer<List<NodeEffect>> send) {
        boolean saved = save(store, effects, syncedNanos);
        send.accept(effects);
        return saved;
    }

    private static boolean save(Store store, List<NodeEffect> effects, LongConsumer syncedNanos) {
        List<StoreWrite> writes = new ArrayList<>();
        boolean sync = false;
        for (NodeEffect effect : effects) {
            if (effect instanceof NodeEffect.Save(var write, var mustSync)) {
                writes.add(write);
                sync |= mustSync;
            }
        }
        if (writes.isEmpty()) {
            return false;
        }
        long before = System.nanoTime();
        store.apply(writes, sync);
        if (sync) {
            syncedNanos.accept(System.nanoTime() - before);
        }
        for (StoreWrite write : writes) {
            if (write instanceof StoreWrite.OwnVote(var vote)) {
                note(vote);
            }
        }
        return true;
    }

    /**
     * Whoever keeps these lines can show later what this node has signed. Those of a crash between
     * saving and sending come with the next start.
     */
    private static void note(Vote vote) {
        Ballot ballot = vote.ballot();
        VOTES.debug(
                "vote-cast kind={} epoch={} view={} block={}",
                ballot.kind(),
                ballot.epoch(),
                ballot.view(),
                ballot.blockHash());
    }
}
