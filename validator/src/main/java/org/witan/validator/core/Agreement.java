package org.witan.validator.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.Execution;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Rules;
import org.witan.validator.consensus.Anchor;
import org.witan.validator.consensus.Effect;
import org.witan.validator.consensus.Effect.Filling;
import org.witan.validator.consensus.Engine;
import org.witan.validator.consensus.Event;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.Standing;
import org.witan.validator.core.execution.BlockBuilder;
import org.witan.validator.core.execution.BlockTarget;
import org.witan.validator.core.execution.Chain;
import org.witan.validator.core.execution.Workload;
import org.witan.validator.pool.Pool;

/**
 * Runs the epoch's engine: builds and executes blocks for it, commits what it decides, and passes
 * its messages on. Execution happens within the step, so the engine's questions are answered before
 * the step ends.
 */
final class Agreement {
    private final Self self;
    private final Chain chain;
    private final Pool pool;
    private final Execution execution;
    private final Workload workload;
    private final BlockBuilder builder;
    private final BlockTarget target = new BlockTarget();
    private final Deque<Input> questions = new ArrayDeque<>();
    private final LastingInputs lasting = new LastingInputs();
    private final int greatestLevel;
    private Engine engine;
    private boolean memoryIsWhole;
    private String votingStopped = "";
    private long behindHeight;
    private Now now = new Now(0, 0);
    private List<NodeEffect> effects = new ArrayList<>();

    /** Agreement from the tip on; {@code memory} is of the tip's epoch. */
    Agreement(Self self, Chain chain, Pool pool, Execution execution, AgreementStart start) {
        this.self = self;
        this.chain = chain;
        this.pool = pool;
        this.execution = execution;
        workload = start.workload();
        builder = new BlockBuilder(self.id(), chain, pool, execution);
        memoryIsWhole = start.memory().mayVote();
        greatestLevel = start.greatestLevel();
        engine = new Engine(self, chain.epoch(), anchor(start.finalization()), start.memory());
    }

    /**
     * How it starts.
     *
     * @param workload told of what changes it
     * @param finalization of the tip, if it has one
     * @param memory what this node must remember of its votes
     * @param greatestLevel the greatest protocol level that this program speaks
     */
    record AgreementStart(
            Workload workload,
            Optional<Certificate> finalization,
            Recovered memory,
            int greatestLevel) {}

    /** Hands an input to the engine and does all that follows, within this call. */
    void drive(Now at, Input input, List<NodeEffect> sink) {
        now = at;
        effects = sink;
        lasting.note(input);
        questions.add(input);
        while (!questions.isEmpty() && !isOutgrown()) {
            engine.step(now.millis(), now.wallMillis(), questions.removeFirst())
                    .forEach(this::apply);
        }
    }

    /** The store has made sure that nothing can contradict a forgotten vote: sign from now on. */
    void resumeVoting(Now at, List<NodeEffect> sink) {
        memoryIsWhole = true;
        // Not that of the store: what this turn committed before may not be in it yet.
        renew(engine.finalization());
        drive(at, new Input.Tick(), sink);
    }

    /**
     * A new epoch alone does not let a node vote whose memory is not whole: catching up, it enters
     * epochs in which it may have voted before. The store knows when all of them are behind. In the
     * same epoch it goes on from the certificates that it has: a view that was left stays left.
     */
    private void renew(Optional<Certificate> finalization) {
        questions.clear();
        votingStopped = "";
        Recovered memory = engine.memory(memoryIsWhole);
        Standing before = engine.standing();
        engine = new Engine(self, chain.epoch(), anchor(finalization), memory);
        questions.addAll(lasting.all());
        before.statuses()
                .forEach((peer, status) -> questions.add(new Input.Received(peer, status)));
    }

    /** The bodies of a step were executed in this time. */
    void executed(int bodyBytes, long micros) {
        target.executed(bodyBytes, micros, rules());
    }

    private Rules rules() {
        return chain.epoch().configuration().rules();
    }

    /** Catch-up moved the tip to a block with this finalization. */
    void advanced(Now at, Certificate finalization, List<NodeEffect> sink) {
        if (chain.tip().isBoundary()) {
            now = at;
            effects = sink;
            enterNextEpoch(finalization);
        } else {
            drive(at, new Input.Advanced(anchor(Optional.of(finalization))), sink);
        }
    }

    /** The height that a peer claimed far above ours since the last call; 0 for none. */
    long takeBehind() {
        long height = behindHeight;
        behindHeight = 0;
        return height;
    }

    /** Why the engine votes no more in this epoch; empty if nothing stopped it. */
    String votingStopped() {
        return votingStopped;
    }

    /** Whether the next block is of a protocol level that this program does not speak. */
    boolean isOutgrown() {
        return chain.epoch().configuration().protocolLevel() > greatestLevel;
    }

    /** What is waited for. */
    Standing standing() {
        return engine.standing();
    }

    /** When the engine or an early block wants a tick. */
    long wakeAt() {
        return engine.wakeAt();
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Persist(var write) -> persist(write);
            case Effect.Send(var to, var message) ->
                    effects.add(new NodeEffect.Send(to, new Message.Consensus(message)));
            case Effect.Broadcast(var message) ->
                    effects.add(new NodeEffect.Broadcast(new Message.Consensus(message)));
            case Effect.Build(var parent, var view, var filling) -> build(parent, view, filling);
            case Effect.Execute(var block) -> questions.add(verdict(block));
            case Effect.Commit(var blocks, var finalization) -> commit(blocks, finalization);
            case Effect.Punish(var peer, var reason) ->
                    effects.add(new NodeEffect.Punish(peer, reason));
            case Effect.Accuse(var evidence) -> accuse(evidence);
            case Effect.Report(var event) -> {
                if (event.kind() == Event.Kind.STOPPED_VOTING) {
                    votingStopped = event.text();
                }
                report(
                        "consensus-" + event.kind().name().toLowerCase(Locale.ROOT),
                        "view=" + event.view() + " " + event.text());
            }
            case Effect.Behind(var peer, var height) ->
                    behindHeight = Math.max(behindHeight, height);
            case Effect.ServeBlocks(var to, var hashes) ->
                    effects.add(new NodeEffect.ServeBlocks(to, hashes));
            case Effect.Halt(var reason) -> effects.add(new NodeEffect.Halt(reason));
        }
    }

    private void persist(StoreWrite write) {
        if (write instanceof StoreWrite.Certified(var certificate)
                && certificate.ballot().kind() == VoteKind.NOTARIZE) {
            chain.notarized(certificate.ballot().blockHash());
            workload.recount();
        } else if (write instanceof StoreWrite.Certified) {
            workload.changed();
        }
        effects.add(new NodeEffect.Save(write, write instanceof StoreWrite.OwnVote));
    }

    private void accuse(Evidence evidence) {
        var validators = chain.epoch().configuration().validators();
        String member = "member=" + validators.get(evidence.first().signer()).id();
        String first = " first=" + evidence.first().ballot();
        effects.add(new NodeEffect.Save(new StoreWrite.Accused(evidence), false));
        report("evidence", member + first + " second=" + evidence.second().ballot());
    }

    private void build(Hash parent, long view, Filling filling) {
        List<Transaction> dropped = new ArrayList<>();
        int mostBytes = filling == Filling.EMPTY ? 0 : target.bytes(rules());
        Optional<Block> block =
                builder.build(parent, view, now.wallMillis(), mostBytes, dropped)
                        .filter(b ->
                                filling != Filling.ONLY_WITH_TRANSACTIONS
                                        || b.header().transactionCount() > 0);
        dropped.forEach(transaction -> effects.add(new NodeEffect.Expired(transaction.id())));
        if (block.isEmpty()) {
            workload.exhausted();
        }
        questions.add(new Input.Built(view, block));
    }

    private Input verdict(Block block) {
        return switch (chain.execute(block, execution)) {
            case VALID -> new Input.Verdict(block.hash(), true);
            case INVALID -> new Input.Verdict(block.hash(), false);
            case ORPHAN ->
                    throw new InvariantBroken(
                            "consensus asks for " + block + " whose parent was not executed");
        };
    }

    private void commit(List<Block> blocks, Certificate finalization) {
        for (Block block : blocks) {
            if (block.height() > chain.tip().height()) {
                boolean last = block.hash().equals(finalization.ballot().blockHash());
                commit(block, last ? Optional.of(finalization) : Optional.empty());
            }
        }
        effects.addAll(expired());
        workload.recount();
        if (chain.tip().isBoundary()) {
            enterNextEpoch(finalization);
        }
    }

    private void commit(Block block, Optional<Certificate> finalization) {
        StoreWrite.Commit write = chain.commit(block, finalization);
        // The network can always prove the block again; a client of ours was promised this disk.
        boolean sync = pool.remove(block.body().transactions());
        effects.add(new NodeEffect.Save(write, sync));
        effects.add(new NodeEffect.Committed(block, write.receipts(), false));
    }

    private List<NodeEffect> expired() {
        int mostBytes = BlockBuilder.mostTransactionBytes(rules());
        return pool.expire(chain.tip().height() + 1, mostBytes).stream()
                .<NodeEffect>map(transaction -> new NodeEffect.Expired(transaction.id()))
                .toList();
    }

    private void enterNextEpoch(Certificate finalization) {
        BlockHeader boundary = chain.tip();
        Configuration next = chain.state(chain.tipHash()).orElseThrow().configuration();
        long number = boundary.epoch() + 1;
        effects.add(
                new NodeEffect.Save(
                        new StoreWrite.EpochStarted(
                                new EpochLink(number, boundary, Optional.of(finalization), next)),
                        true));
        chain.enter(Epoch.of(number, next));
        if (isOutgrown()) {
            effects.add(new NodeEffect.LevelTooLow(next.protocolLevel(), greatestLevel));
            return;
        }
        renew(Optional.of(finalization));
        String size = " validators=" + next.validators().size();
        String place = "epoch=" + number + " after=" + boundary.height() + size;
        report("epoch-started", place + " votes=" + engine.standing().mayVote());
    }

    private Anchor anchor(Optional<Certificate> finalization) {
        return new Anchor(chain.tip(), chain.tipHash(), finalization);
    }

    private void report(String name, String details) {
        effects.add(new NodeEffect.Report(name, details));
    }
}
