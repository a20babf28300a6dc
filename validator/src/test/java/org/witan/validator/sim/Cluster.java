package org.witan.validator.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.message.Blocks;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.Message;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.sim.Settings.Bug;
import org.witan.validator.sim.SimClients.SimKeys;

/** A network of whole nodes in virtual time. One thread; the seed decides everything. */
final class Cluster {
    private final Settings settings;
    final SplittableRandom random;
    final Oracle oracle;
    final List<SimNode> nodes = new ArrayList<>();
    private final Founding founding;
    private final SimKeys keys = new SimKeys();
    private final Set<Set<NodeId>> linked = new HashSet<>();
    private final SimNetwork network;
    private Consumer<SimNode> boundaryProposed = leader -> {};
    private final SimClients clients;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::order));
    private Digest trace = Digest.plain();
    private Hash traceHash = Hash.NONE;
    private long order;
    private long nowMillis = 1_000_000;
    private long processed;

    private record Event(long atMillis, long order, Runnable action) {}

    Cluster(Settings settings, long seed) {
        this.settings = settings;
        random = new SplittableRandom(seed);
        founding = SimFounding.of(settings.nodes(), nowMillis);
        oracle = new Oracle(founding);
        for (int i = 0; i < settings.nodes() + settings.spares(); i++) {
            NodeId id = new NodeId("v" + (i + 1));
            Signer key = i < settings.nodes() ? keys.founder(i) : keys.later("key " + i);
            nodes.add(new SimNode(id, founding, key, settings.bug()));
            keys.organisation(i);
        }
        network = new SimNetwork(settings, random);
        clients = new SimClients(founding, keys, random);
    }

    Founding founding() {
        return founding;
    }

    SimKeys keys() {
        return keys;
    }

    long nowMillis() {
        return nowMillis;
    }

    long processed() {
        return processed;
    }

    Hash traceHash() {
        return traceHash;
    }

    SimClients clients() {
        return clients;
    }

    SimNetwork network() {
        return network;
    }

    void at(long delayMillis, Runnable action) {
        events.add(new Event(nowMillis + delayMillis, order++, action));
    }

    /** Runs events for so much virtual time. */
    void run(long millis) {
        long end = nowMillis + millis;
        while (!events.isEmpty() && events.peek().atMillis() <= end) {
            Event event = events.remove();
            nowMillis = event.atMillis();
            processed++;
            event.action().run();
        }
        nowMillis = end;
    }

    /** Calls with the leader whenever one proposes a block that ends its epoch. */
    void whenABoundaryIsProposed(Consumer<SimNode> then) {
        boundaryProposed = then;
    }

    void start(SimNode node) {
        node.start(nowMillis);
        oracle.restarted(node.id, node.store.tip().header());
        relink(node);
        turnLater(node);
    }

    void kill(SimNode node) {
        node.kill(random.nextInt(3));
        relink(node);
    }

    /** Makes and cuts links as both ends now want it. */
    private void relink(SimNode node) {
        for (SimNode other : nodes) {
            if (other != node) {
                boolean up = node.isUp() && other.isUp() && node.links(other) && other.links(node);
                Set<NodeId> pair = Set.of(node.id, other.id);
                if (up ? linked.add(pair) : linked.remove(pair)) {
                    link(node, other, up);
                }
            }
        }
    }

    /** Both ends learn that their link came up or went down. */
    void link(SimNode one, SimNode other, boolean up) {
        for (SimNode[] end : new SimNode[][] {{one, other}, {other, one}}) {
            if (end[0].isUp()) {
                end[0].put(new NodeInput.Linked(end[1].id, up));
                turnLater(end[0]);
            }
        }
    }

    /** A client writes at a random node, now and then on, until {@code untilMillis}. */
    void clientsUntil(long untilMillis) {
        at(
                1 + random.nextInt(2 * settings.clientMillis()),
                () -> {
                    SimNode node = nodes.get(random.nextInt(nodes.size()));
                    if (node.isUp()) {
                        submit(node);
                    }
                    if (nowMillis < untilMillis) {
                        clientsUntil(untilMillis);
                    }
                });
    }

    void submit(SimNode node) {
        submit(node, 0);
    }

    void submit(SimNode node, int valueBytes) {
        submit(node, clients.next(node, valueBytes));
    }

    /** A client hands the newest of all writes in once more, here. */
    void submitAgain(SimNode node) {
        submit(node, clients.last());
    }

    /** A client hands a transaction in at a node. */
    void submit(SimNode node, Transaction transaction) {
        oracle.submitted(transaction);
        clients.waits(node.id, transaction.id());
        node.put(new NodeInput.Submitted(1, transaction, List.of()));
        turnLater(node);
    }

    private void turnLater(SimNode node) {
        int life = node.life;
        at(0, () -> turn(node, life));
    }

    private void turn(SimNode node, int life) {
        if (node.life != life || node.busy) {
            return;
        }
        if (!node.hasWork(nowMillis)) {
            wake(node); // It was asked for earlier than the node wants it by now.
            return;
        }
        List<NodeEffect> effects = node.turn(nowMillis);
        node.busy = true;
        if (settings.bug() == Bug.SEND_BEFORE_SAVE) {
            effects.forEach(effect -> apply(node, effect));
        }
        at(random.nextInt(4), () -> complete(node, life, effects));
    }

    /** The disk is done: only now may anybody see what the turn decided. */
    private void complete(SimNode node, int life, List<NodeEffect> effects) {
        if (node.life != life) {
            return;
        }
        node.busy = false;
        boolean membersChanged = node.save(effects, oracle);
        if (settings.bug() != Bug.SEND_BEFORE_SAVE) {
            effects.forEach(effect -> apply(node, effect));
        }
        if (membersChanged) {
            relink(node);
        }
        wake(node);
    }

    private void wake(SimNode node) {
        int life = node.life;
        if (node.hasWork(nowMillis)) {
            at(0, () -> turn(node, life));
            return;
        }
        long wake = Math.max(nowMillis + 1, node.wakeAt());
        boolean alreadyAsked = node.alarm > nowMillis && node.alarm <= wake;
        if (node.wakeAt() < Long.MAX_VALUE && !alreadyAsked) {
            node.alarm = wake;
            at(wake - nowMillis, () -> turn(node, life));
        }
    }

    private void apply(SimNode node, NodeEffect effect) {
        switch (effect) {
            case NodeEffect.Save _, NodeEffect.Expired _, NodeEffect.Report _ -> {}
            case NodeEffect.Send(var to, var message) -> send(node, to, message);
            case NodeEffect.Broadcast(var message) -> {
                if (message instanceof Message.Consensus(Proposal proposal)
                        && proposal.block().header().isBoundary()) {
                    boundaryProposed.accept(node);
                }
                node.members().others(node.id).forEach(to -> send(node, to, message));
            }
            case NodeEffect.Answer(var ticket, var reply) -> {
                if (reply instanceof IntakeReply.Refused refused) {
                    clients.refused(refused);
                }
                if (reply instanceof IntakeReply.Accepted(var id)
                        && settings.bug() == Bug.ACKNOWLEDGE_EARLY) {
                    oracle.acknowledged(id);
                }
            }
            case NodeEffect.Committed(var block, var receipts, var fetched) ->
                    clients.committed(node.id, block).forEach(oracle::acknowledged);
            case NodeEffect.ServeBlocks(var to, var hashes) -> {
                List<Block> found =
                        hashes.stream()
                                .flatMap(h -> node.store.heightOf(h).stream().boxed())
                                .map(h -> node.store.block(h).orElseThrow())
                                .toList();
                if (!found.isEmpty()) {
                    send(node, to, new Message.Consensus(new Blocks(found)));
                }
            }
            case NodeEffect.LevelTooLow low -> throw new AssertionError(node.id + ": " + low);
            case NodeEffect.Halt(var reason) -> throw new AssertionError(node.id + ": " + reason);
            case NodeEffect.Punish(var peer, var reason) ->
                    throw new AssertionError(
                            "P17: " + node.id + " punishes " + peer + ": " + reason);
        }
    }

    private void send(SimNode from, NodeId to, Message message) {
        trace = trace.add(traceHash);
        traceHash =
                trace.add(from.id.value().getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                        .add((int) nowMillis & 0xff)
                        .add(message.getClass().getSimpleName().length())
                        .done();
        if (message instanceof Message.Consensus(Proposal proposal)) {
            oracle.sent(from.id, proposal.vote());
        }
        if (message instanceof Message.Consensus(Votes votes)) {
            votes.votes().stream().filter(v -> isBy(from, v)).forEach(v -> oracle.sent(from.id, v));
        }
        if (!linked.contains(Set.of(from.id, to))) {
            return;
        }
        SimNode target = nodes.stream().filter(n -> n.id.equals(to)).findFirst().orElseThrow();
        for (long delay : network.deliveries(index(from), index(target))) {
            int life = target.life;
            at(delay, () -> deliver(from, target, life, message));
        }
    }

    /** Gives a node a message that the member of that name never made itself. */
    void inject(SimNode from, SimNode target, Message message) {
        deliver(from, target, target.life, message);
    }

    private void deliver(SimNode from, SimNode target, int life, Message message) {
        if (target.life != life || !target.isUp()) {
            return;
        }
        if (message instanceof Message.Catchup(Request request)) {
            byte[] reply = target.server().answer(from.id, request, nowMillis);
            var decoded = org.witan.catchup.wire.CatchupMessage.CODEC.decode(reply).orThrow();
            send(target, from.id, new Message.Catchup(decoded));
            return;
        }
        target.put(new NodeInput.Received(from.id, message, List.of()));
        turn(target, life);
    }

    private boolean isBy(SimNode node, Vote vote) {
        Optional<Epoch> epoch = oracle.epochs.find(vote.ballot().epoch());
        return epoch.isPresent()
                && epoch.get().configuration().indexOf(node.id).orElse(-1) == vote.signer();
    }

    private int index(SimNode node) {
        return nodes.indexOf(node);
    }
}
