package org.witan.validator.consensus.sim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Vote;
import org.witan.chain.store.Recovered;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.Anchor;
import org.witan.validator.consensus.Effect;
import org.witan.validator.consensus.Engine;
import org.witan.validator.consensus.Event;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.consensus.round.SafetyRules;

/** One node of the simulation: an engine, its disk, and what a node's core does around them. */
final class SimNode {
    private final Cluster cluster;
    private final int index;
    private final int twin;
    private final SimDisk disk;
    private final Self self;
    private final long skewMillis;
    private final Deque<Input> inputs = new ArrayDeque<>();
    private @Nullable Engine engine;
    private Epoch epoch;
    private int life;
    private boolean stepping;
    private long wakeScheduled = Long.MAX_VALUE;
    private int idleTicks;

    SimNode(Cluster cluster, int index, int twin, long skewMillis) {
        this.cluster = cluster;
        this.index = index;
        this.twin = twin;
        this.skewMillis = skewMillis;
        self = TestEpochs.self(index);
        disk = new SimDisk(cluster.epochs().genesis());
        epoch = cluster.epochs().epoch(1);
    }

    int index() {
        return index;
    }

    boolean isHonest() {
        return twin == 0;
    }

    boolean isUp() {
        return engine != null;
    }

    SimDisk disk() {
        return disk;
    }

    Engine engine() {
        return java.util.Objects.requireNonNull(engine);
    }

    /** A process starts: it asks the others before it signs. */
    void start() {
        begin(disk.past());
        cluster.link(this, true);
    }

    /** The engine of the next epoch, in the same process. */
    private void renew() {
        begin(engine().memory(true).past());
        cluster.link(this, false);
    }

    private void begin(Recovered.Past past) {
        Anchor tip = disk.tip();
        long number = tip.header().epoch() + (tip.header().isBoundary() ? 1 : 0);
        epoch = cluster.epochs().epoch(number);
        boolean remembers = cluster.flaw() != Flaws.FORGET_OWN_VOTES;
        Recovered memory = disk.recovered(number, remembers, past);
        SafetyRules rules =
                isHonest()
                        ? cluster.flaw().rules(self, epoch, tip)
                        : Flaws.lawless(self, epoch, tip);
        engine = TestEpochs.engine(self, epoch, tip, memory, rules);
        wakeScheduled = Long.MAX_VALUE;
        life++;
        if (isHonest()) {
            memory.certificates().forEach(cluster.oracle()::believed);
            tellLostCommits();
            cluster.oracle().recovered(index, tip.height());
        }
        feed(new Input.Tick());
        feed(new Input.Work(cluster.isWorking()));
    }

    /** Commits that were durable when the node crashed before it could tell anybody. */
    private void tellLostCommits() {
        for (Effect.Commit commit : disk.commits()) {
            long known = cluster.oracle().height(index);
            List<Block> more =
                    commit.blocks().stream().filter(block -> block.height() > known).toList();
            if (!more.isEmpty()) {
                cluster.oracle().committed(index, more, commit.finalization());
            }
        }
    }

    void crash() {
        engine = null;
        life++;
        inputs.clear();
        disk.crash(cluster.random());
    }

    void feed(Input input) {
        if (engine == null) {
            return;
        }
        inputs.add(input);
        if (stepping) {
            return;
        }
        stepping = true;
        while (!inputs.isEmpty() && engine != null) {
            Input next = inputs.poll();
            perform(engine.step(cluster.now() + skewMillis, cluster.now() + skewMillis, next));
        }
        stepping = false;
        scheduleWake();
    }

    private void scheduleWake() {
        if (engine == null || engine.wakeAt() == Long.MAX_VALUE) {
            return;
        }
        long at = Math.max(cluster.now(), engine.wakeAt() - skewMillis);
        if (at < wakeScheduled) {
            wakeScheduled = at;
            int current = life;
            idleTicks = at == cluster.now() ? idleTicks + 1 : 0;
            if (idleTicks > 100) {
                cluster.oracle().breach(self.id() + " spins: " + engine.standing());
                return;
            }
            cluster.at(at, () -> wake(current));
        }
    }

    private void wake(int current) {
        if (current != life || engine == null) {
            return;
        }
        wakeScheduled = Long.MAX_VALUE;
        if (engine.wakeAt() <= cluster.now() + skewMillis) {
            feed(new Input.Tick());
        }
        scheduleWake();
    }

    private void perform(List<Effect> effects) {
        cluster.trace(index, effects);
        boolean sync = false;
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Persist(var write) -> {
                    disk.write(write);
                    sync |= write instanceof StoreWrite.OwnVote;
                }
                case Effect.Commit commit -> {
                    disk.commit(commit);
                    sync = true;
                }
                default -> {}
            }
        }
        if (crashesHere()) {
            return;
        }
        if (cluster.flaw() == Flaws.UNSYNCED_VOTES) {
            sync = effects.stream().anyMatch(Effect.Commit.class::isInstance);
        }
        if (sync) {
            disk.sync();
        }
        for (Effect effect : effects) {
            if (isHonest()
                    && effect instanceof Effect.Persist(StoreWrite.Certified(var certificate))) {
                cluster.oracle().believed(certificate);
            }
        }
        for (Effect effect : effects) {
            if (crashesHere()) {
                return;
            }
            act(effect);
        }
    }

    private boolean crashesHere() {
        if (engine != null && cluster.drawsCrash(this)) {
            cluster.crash(this);
        }
        return engine == null;
    }

    private void act(Effect effect) {
        switch (effect) {
            case Effect.Send(var to, var message) -> cluster.send(this, to, message);
            case Effect.Broadcast(var message) -> {
                observe(effect);
                cluster.broadcast(this, message);
            }
            case Effect.Build(var parent, var view, var filling) -> build(parent, view);
            case Effect.Execute(var block) -> execute(block);
            case Effect.Commit commit -> committed(commit);
            case Effect.ServeBlocks(var to, var hashes) -> {
                List<Block> held = hashes.stream().flatMap(h -> disk.block(h).stream()).toList();
                if (!held.isEmpty()) {
                    cluster.send(this, to, new Blocks(held));
                }
            }
            case Effect.Behind(var peer, var height) -> cluster.catchUp(this, peer);
            case Effect.Persist persist -> {}
            case Effect.Punish(var peer, var reason) -> {
                if (isHonest() && cluster.isHonest(peer)) {
                    cluster.oracle().breach(self.id() + " punishes " + peer + ": " + reason);
                }
            }
            case Effect.Accuse(var evidence) -> {
                if (isHonest() && cluster.isHonest(TestEpochs.id(evidence.first().signer()))) {
                    cluster.oracle().breach("P7 evidence: " + evidence);
                }
            }
            case Effect.Halt(var reason) -> {
                if (isHonest()) {
                    cluster.oracle().breach(self.id() + " halts: " + reason);
                }
            }
            case Effect.Report(var event) -> {
                if (isHonest() && event.kind() == Event.Kind.STOPPED_VOTING) {
                    cluster.oracle().breach(self.id() + " stops voting: " + event.text());
                }
            }
        }
    }

    private void observe(Effect effect) {
        if (!isHonest()) {
            return;
        }
        switch (effect) {
            case Effect.Broadcast(Votes(var votes)) -> votes.forEach(this::sent);
            case Effect.Broadcast(Proposal proposal) -> sent(proposal.vote());
            default -> {}
        }
    }

    private void sent(Vote vote) {
        cluster.oracle().sent(index, vote);
        boolean kept = vote.ballot().view() <= disk.tip().viewIn(epoch.number());
        if (cluster.flaw() != Flaws.UNSYNCED_VOTES && !kept && !disk.hasSynced(vote)) {
            cluster.oracle().breach("C11 " + self.id() + " sends a vote before it is synced");
        }
    }

    private void build(Hash parent, long view) {
        BlockHeader header = cluster.header(parent);
        Anchor base = new Anchor(header, parent, Optional.empty());
        long height = header.height() + 1;
        int every = cluster.plan().boundaryEvery();
        boolean boundary = every > 0 && height % every == 0;
        long time = cluster.now() + skewMillis + twin;
        Block block = cluster.epochs().block(base, epoch, view, boundary, time);
        if (!isHonest() && cluster.random().nextInt(100) < cluster.plan().invalidPercent()) {
            block = invalid(block);
        }
        cluster.know(block);
        inputs.add(new Input.Built(view, Optional.of(block)));
    }

    private static Block invalid(Block block) {
        BlockHeader h = block.header();
        return new Block(
                new BlockHeader(
                        h.networkId(),
                        h.epoch(),
                        h.view(),
                        h.height(),
                        h.proposer(),
                        h.parentHash(),
                        h.timestampMillis(),
                        h.transactionRoot(),
                        Hash.NONE,
                        h.configHash(),
                        h.nextConfigHash(),
                        h.previousBoundaryHash(),
                        h.bodyBytes(),
                        h.transactionCount()),
                BlockBody.EMPTY);
    }

    private void execute(Block block) {
        BlockHeader parent = cluster.header(block.header().parentHash());
        boolean valid = block.header().stateRoot().equals(TestEpochs.stateAfter(parent));
        Input verdict = new Input.Verdict(block.hash(), valid);
        if (cluster.random().nextInt(4) > 0) {
            inputs.add(verdict);
        } else {
            int current = life;
            cluster.at(
                    cluster.now() + cluster.random().nextInt(60),
                    () -> {
                        if (current == life) {
                            feed(verdict);
                        }
                    });
        }
    }

    private void committed(Effect.Commit commit) {
        if (isHonest()) {
            cluster.oracle().committed(index, commit.blocks(), commit.finalization());
        }
        Block last = commit.blocks().getLast();
        inputs.add(new Input.Committed(last.height()));
        if (last.header().isBoundary()) {
            nextEpoch();
        }
    }

    private void nextEpoch() {
        inputs.clear();
        cluster.at(
                cluster.now(),
                () -> {
                    if (engine != null) {
                        renew();
                    }
                });
    }

    /** Takes the committed blocks of another node that are above this node's tip. */
    void catchUpFrom(SimNode source) {
        long height = disk.tip().height();
        for (Effect.Commit commit : source.disk.commits()) {
            List<Block> missing =
                    commit.blocks().stream().filter(b -> b.height() > disk.tip().height()).toList();
            if (!missing.isEmpty()) {
                Effect.Commit part = new Effect.Commit(missing, commit.finalization());
                disk.commit(part);
                disk.sync();
                if (isHonest()) {
                    cluster.oracle().committed(index, missing, commit.finalization());
                }
            }
        }
        Anchor tip = disk.tip();
        if (tip.height() == height) {
            return;
        }
        if (tip.header().epoch() != epoch.number() || tip.header().isBoundary()) {
            renew();
        } else {
            feed(new Input.Advanced(tip));
        }
    }
}
