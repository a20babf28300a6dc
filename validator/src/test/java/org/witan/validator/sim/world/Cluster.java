package org.witan.validator.sim.world;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Transaction;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.Message;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.pool.TransactionBatch;
import org.witan.validator.sim.carry.Packet;
import org.witan.validator.sim.carry.SimNetwork;
import org.witan.validator.sim.carry.Timeline;
import org.witan.validator.sim.oracle.Oracle;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Felt;
import org.witan.validator.sim.plan.Settings;

/** A network of whole nodes in virtual time. One thread; the seed decides everything. */
public final class Cluster {
    /** Codes of refusals by a pool that is full, or in which a sender has its share. */
    private static final Set<String> NO_PLACE = Set.of("POOL_FULL", "QUOTA_EXCEEDED");

    public final List<SimNode> nodes = new ArrayList<>();
    public final Oracle oracle;
    private final Settings settings;
    private final SplittableRandom random;
    private final Founding founding;
    private final Timeline timeline = new Timeline();
    private final Felt felt = new Felt();
    private final SimKeys keys;
    private final SimNetwork network;
    private final Wiring wiring;
    private final SimClients clients;
    private final Trace trace = new Trace();
    private final Set<NodeId> liars = new HashSet<>();
    private final Set<Hash> submitted = new HashSet<>();
    private Crashes crashes = (node, effects) -> Optional.empty();
    private Consumer<SimNode> boundaryProposed = leader -> {};
    private BiPredicate<SimNode, Transaction> takes = (node, transaction) -> true;
    private long chatter;
    private String lastSaid = "";

    public Cluster(Settings settings, long seed) {
        this(settings, seed, SimKeys.cheap());
    }

    /** The same with these keys. */
    public Cluster(Settings settings, long seed, SimKeys keys) {
        this.settings = settings;
        this.keys = keys;
        random = new SplittableRandom(seed);
        founding = SimFounding.of(settings.nodes(), timeline.nowMillis(), keys);
        oracle = new Oracle(founding);
        for (int i = 0; i < settings.total(); i++) {
            NodeId id = new NodeId("v" + (i + 1));
            Signer key = i < settings.nodes() ? keys.founder(i) : keys.later("key " + i);
            nodes.add(new SimNode(id, founding, keys, key, settings));
            keys.organisation(i);
        }
        network = new SimNetwork(settings, random, felt);
        wiring = new Wiring(this, timeline, network, settings);
        clients = new SimClients(founding, keys, random);
    }

    public Settings settings() {
        return settings;
    }

    public Founding founding() {
        return founding;
    }

    public SimKeys keys() {
        return keys;
    }

    public SimClients clients() {
        return clients;
    }

    public SimNetwork network() {
        return network;
    }

    /** Which trouble made a difference so far. */
    public Felt felt() {
        return felt;
    }

    /** Hash over all that happened so far. */
    public Trace trace() {
        return trace;
    }

    public long nowMillis() {
        return timeline.nowMillis();
    }

    /** How many events happened. */
    public long processed() {
        return timeline.processed();
    }

    /** Lets something happen later. */
    public void at(long delayMillis, Runnable action) {
        timeline.at(delayMillis, action);
    }

    /** Runs events for so much virtual time. */
    public void run(long millis) {
        timeline.run(millis);
    }

    /** Runs so many events, if there are. */
    public void runEvents(long count) {
        timeline.runEvents(count);
    }

    /** Calls with the leader whenever one proposes a block that ends its epoch. */
    public void whenABoundaryIsProposed(Consumer<SimNode> then) {
        boundaryProposed = then;
    }

    /** From now on this is asked before each write whether, and how, the power goes there. */
    public void crashing(Crashes decides) {
        crashes = decides;
    }

    /** From now on a node that this refuses a transaction never hears of it outside of blocks. */
    public void censoring(BiPredicate<SimNode, Transaction> allows) {
        takes = allows;
    }

    /** Where a test lets nodes crash. */
    @FunctionalInterface
    public interface Crashes {
        /** When the power goes at the node that wants these effects; empty for not at all. */
        Optional<CrashPoint.Moment> at(SimNode node, List<NodeEffect> effects);
    }

    public void start(SimNode node) {
        node.start(nowMillis());
        trace.add("start", nowMillis(), index(node), new byte[0]);
        if (!node.isUp()) {
            stopped(node, node.halted());
            return;
        }
        oracle.restarted(node.id, node.store);
        wiring.changed(node);
        turnLater(node);
    }

    public void kill(SimNode node) {
        boolean written = random.nextBoolean();
        int lucky = random.nextInt(3);
        if (node.store.unsynced() > lucky) {
            felt.by(Felt.UNSYNCED_LOST);
        }
        node.kill(lucky, written, oracle);
        stopped(node, "crash");
    }

    private void stopped(SimNode node, String how) {
        node.whyHalted().ifPresent(felt::by);
        trace.add(how, nowMillis(), index(node), new byte[0]);
        wiring.changed(node);
    }

    /** Links of nodes, and what they carry. */
    public Wiring wiring() {
        return wiring;
    }

    /** A client writes at a random node, now and then on, until {@code untilMillis}. */
    public void clientsUntil(long untilMillis) {
        at(
                1 + random.nextInt(2 * settings.clientMillis()),
                () -> {
                    SimNode node = nodes.get(random.nextInt(nodes.size()));
                    if (node.isUp()) {
                        submit(node, clients.any(node, settings.has(Fault.RETRIES)));
                    }
                    if (nowMillis() < untilMillis) {
                        clientsUntil(untilMillis);
                    }
                });
    }

    public void submit(SimNode node) {
        submit(node, 0);
    }

    public void submit(SimNode node, int valueBytes) {
        submit(node, clients.next(node, valueBytes));
    }

    /** A client hands the newest of all writes in once more, here. */
    public void submitAgain(SimNode node) {
        submit(node, clients.last());
    }

    /** A client hands a transaction in, perhaps not for the first time. */
    public void submit(SimNode node, Transaction transaction) {
        if (!submitted.add(transaction.id())) {
            felt.by(Fault.RETRIES);
        }
        oracle.submitted(transaction);
        clients.waits(node.id, transaction.id());
        node.put(new NodeInput.Submitted(1, transaction, List.of()));
        turnLater(node);
    }

    /** Reads what stands on the disks of all nodes, running or not, from end to end. */
    public void readDisks() {
        oracle.read(nodes.stream().map(node -> node.store).toList());
    }

    void turnLater(SimNode node) {
        int life = node.life;
        at(0, () -> turn(node, life));
    }

    private void turn(SimNode node, int life) {
        if (node.life != life || node.busy) {
            return;
        }
        if (!node.hasWork(nowMillis())) {
            wake(node); // It was asked for earlier than the node wants it by now.
            return;
        }
        if (node.frozenUntilMillis > nowMillis()) {
            felt.by(Fault.PAUSE);
            at(node.frozenUntilMillis - nowMillis(), () -> turn(node, life));
            return;
        }
        List<NodeEffect> effects = node.turn(nowMillis());
        node.takeFelt().forEach(felt::by);
        if (!node.isUp()) {
            stopped(node, node.halted());
            return;
        }
        if (settings.bug() == Bug.SEND_BEFORE_SAVE) {
            effects.forEach(effect -> apply(node, effect));
        }
        long dice = settings.bug() == Bug.ROLL_DICE ? System.nanoTime() % 2 : 0;
        at(random.nextInt(4) + dice, () -> complete(node, life, effects));
    }

    /** The disk is done: only now may anybody see what the turn decided. */
    private void complete(SimNode node, int life, List<NodeEffect> effects) {
        if (node.life != life) {
            return;
        }
        effects.forEach(effect ->
                trace.add(
                        effect.getClass().getSimpleName(),
                        nowMillis(),
                        index(node),
                        Trace.content(effect)));
        Optional<CrashPoint.Moment> crash = crashes.at(node, effects);
        if (crash.isPresent()) {
            crash(node, effects, crash.get());
            return;
        }
        if (!node.save(effects, oracle)) {
            stopped(node, node.halted());
            return;
        }
        oracle.watch(node.core(), node.store.unfinal(), settings.pool());
        if (settings.bug() != Bug.SEND_BEFORE_SAVE) {
            effects.forEach(effect -> apply(node, effect));
        }
        if (node.takeMembersChanged()) {
            wiring.changed(node);
        }
        wake(node);
    }

    private void crash(SimNode node, List<NodeEffect> effects, CrashPoint.Moment moment) {
        boolean written =
                moment == CrashPoint.Moment.AFTER || moment == CrashPoint.Moment.PARTLY_SENT;
        if (written) {
            node.save(effects, oracle);
        }
        if (moment == CrashPoint.Moment.PARTLY_SENT) {
            effects.stream()
                    .filter(e -> e instanceof NodeEffect.Broadcast || e instanceof NodeEffect.Send)
                    .findFirst()
                    .ifPresent(effect -> apply(node, effect));
        }
        // What reached the disk beyond the synced: all of it, or nothing.
        node.kill(moment == CrashPoint.Moment.TORN ? 0 : 1_000, false, oracle);
        stopped(node, moment.name());
        at(
                300,
                () -> {
                    if (!node.isUp()) {
                        start(node);
                    }
                });
    }

    private void wake(SimNode node) {
        int life = node.life;
        if (node.hasWork(nowMillis())) {
            at(0, () -> turn(node, life));
            return;
        }
        long wake = Math.max(nowMillis() + 1, node.wakeAt());
        boolean alreadyAsked = node.alarm > nowMillis() && node.alarm <= wake;
        if (node.wakeAt() < Long.MAX_VALUE && !alreadyAsked) {
            node.alarm = wake;
            at(wake - nowMillis(), () -> turn(node, life));
        }
    }

    private void apply(SimNode node, NodeEffect effect) {
        switch (effect) {
            case NodeEffect.Save _, NodeEffect.Expired _, NodeEffect.Report _ -> {}
            case NodeEffect.Send(var to, var message) -> send(node, to, message);
            case NodeEffect.Broadcast(var message) -> broadcast(node, message);
            case NodeEffect.Answer(var ticket, var reply) -> answered(reply);
            case NodeEffect.Committed(var block, var receipts, var fetched) ->
                    clients.committed(node.id, block).forEach(oracle::acknowledged);
            case NodeEffect.ServeBlocks(var to, var hashes) ->
                    node.committed(hashes)
                            .ifPresent(found -> send(node, to, new Message.Consensus(found)));
            case NodeEffect.LevelTooLow low -> throw new AssertionError(node.id + ": " + low);
            case NodeEffect.Halt(var reason) ->
                    throw new AssertionError(Promise.P9.says("%s halts: %s", node.id, reason));
            case NodeEffect.Punish(var peer, var reason) -> {
                Promise.P17.holds(
                        liars.contains(peer), "%s punishes %s: %s", node.id, peer, reason);
                wiring.punish(node, find(peer));
            }
        }
    }

    private void answered(IntakeReply reply) {
        if (reply instanceof IntakeReply.Refused refused) {
            clients.refused(refused);
            if (settings.has(Fault.SMALL_POOL) && NO_PLACE.contains(refused.code())) {
                felt.by(Fault.SMALL_POOL);
            }
        }
        if (reply instanceof IntakeReply.Accepted(var id)
                && settings.bug() == Bug.ACKNOWLEDGE_EARLY) {
            oracle.acknowledged(id);
        }
    }

    private void broadcast(SimNode from, Message message) {
        if (message instanceof Message.Consensus(Proposal proposal)
                && proposal.block().header().isBoundary()) {
            boundaryProposed.accept(from);
        }
        Packet packet = sent(from, message);
        from.members().others(from.id).forEach(to -> wiring.carry(from, find(to), packet));
    }

    private void send(SimNode from, NodeId to, Message message) {
        wiring.carry(from, find(to), sent(from, message));
    }

    private SimNode find(NodeId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
    }

    private Packet sent(SimNode from, Message message) {
        if (message instanceof Message.Consensus(Proposal proposal)) {
            oracle.sent(from.id, proposal.vote());
        }
        if (message instanceof Message.Consensus(Votes votes)) {
            votes.votes().forEach(vote -> oracle.sent(from.id, vote));
        }
        if (!(message instanceof Message.Consensus(Status status))) {
            chatter++;
            lastSaid = from.id + ": " + message.getClass().getSimpleName();
        }
        return Packet.of(message);
    }

    /**
     * Gives a node a message that the member of that name never made itself, if it hears that one.
     * From now on that one counts as a liar, whom others may punish.
     */
    public void inject(SimNode from, SimNode target, Message message) {
        if (!wiring.isHeard(from, target)) {
            return;
        }
        felt.by(Fault.FORGERY);
        liars.add(from.id);
        if (message instanceof Message.Consensus(Votes votes)) {
            votes.votes().forEach(vote -> oracle.lied(from.id, vote));
        }
        if (message instanceof Message.Consensus(Proposal proposal)) {
            oracle.lied(from.id, proposal.vote());
        }
        deliver(from, target, target.life, Packet.of(message));
    }

    void deliver(SimNode from, SimNode target, int life, Packet packet) {
        if (target.life != life || !target.isUp()) {
            return;
        }
        trace.add(packet.kind(), nowMillis(), index(target), packet.bytes());
        Message message = packet.message();
        if (message instanceof Message.Catchup(Request request)) {
            long now = target.clock.millis(nowMillis());
            target.answer(from.id, request, now)
                    .map(reply -> CatchupMessage.CODEC.decode(reply).orThrow())
                    .ifPresentOrElse(
                            reply -> send(target, from.id, new Message.Catchup(reply)),
                            () -> stopped(target, target.halted()));
            return;
        }
        target.put(new NodeInput.Received(from.id, heard(target, message), List.of()));
        turn(target, life);
    }

    private Message heard(SimNode target, Message message) {
        return message instanceof Message.Transactions(TransactionBatch batch)
                ? new Message.Transactions(
                        new TransactionBatch(
                                batch.transactions().stream()
                                        .filter(t -> takes.test(target, t))
                                        .toList()))
                : message;
    }

    /** Messages sent so far that are no status. */
    public long chatter() {
        return chatter;
    }

    /** The last of them, in short. */
    public String lastSaid() {
        return lastSaid;
    }

    /** Place of a node among all, from 0. */
    public int index(SimNode node) {
        return nodes.indexOf(node);
    }
}
