package org.witan.validator.consensus.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Effect;
import org.witan.validator.consensus.Input;
import org.witan.validator.consensus.TestEpochs;
import org.witan.validator.consensus.message.ConsensusMessage;
import org.witan.validator.consensus.message.Status;

/** A network of nodes in virtual time. Everything is drawn from one seed. */
final class Cluster {
    private record Scheduled(long at, long number, Runnable what) {}

    private static final long START_MILLIS = TestEpochs.FOUNDED_MILLIS + 100_000;

    private final Plan plan;
    private final Flaws flaw;
    private final SplittableRandom random;
    private final TestEpochs epochs;
    private final Oracle oracle;
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<Hash, BlockHeader> headers = new TreeMap<>();
    private final PriorityQueue<Scheduled> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::number));
    private long now = START_MILLIS;
    private long scheduled;
    private long events;
    private long trace = 17;
    private boolean faulty = true;
    private boolean working = true;
    private boolean quiet;
    private int[] side;
    private int crashesLeft;
    private long noise;

    Cluster(Plan plan, long seed, Flaws flaw) {
        this.plan = plan;
        this.flaw = flaw;
        random = new SplittableRandom(seed);
        epochs = new TestEpochs(plan.members(), TestEpochs.QUIET);
        oracle = new Oracle(epochs);
        side = new int[plan.members()];
        headers.put(epochs.genesis().hash(), epochs.genesis().header());
        for (int i = 0; i < plan.members(); i++) {
            boolean liar = i < plan.twins();
            for (int twin = liar ? 1 : 0; twin <= (liar ? 2 : 0); twin++) {
                nodes.add(new SimNode(this, i, twin, random.nextInt(-300, 301)));
            }
        }
    }

    Plan plan() {
        return plan;
    }

    Flaws flaw() {
        return flaw;
    }

    SplittableRandom random() {
        return random;
    }

    TestEpochs epochs() {
        return epochs;
    }

    Oracle oracle() {
        return oracle;
    }

    long now() {
        return now;
    }

    long events() {
        return events;
    }

    long traceHash() {
        return trace;
    }

    boolean isWorking() {
        return working;
    }

    boolean isHonest(NodeId id) {
        return id.value().charAt(0) - 'a' >= plan.twins();
    }

    BlockHeader header(Hash hash) {
        return java.util.Objects.requireNonNull(headers.get(hash));
    }

    void know(Block block) {
        headers.put(block.hash(), block.header());
    }

    void at(long time, Runnable what) {
        queue.add(new Scheduled(time, scheduled++, what));
    }

    void trace(int node, List<Effect> effects) {
        events++;
        trace = (trace * 31 + now) * 31 + node;
        for (Effect effect : effects) {
            trace = trace * 31 + effect.getClass().getSimpleName().hashCode();
            boolean calm =
                    effect instanceof Effect.Report
                            || effect instanceof Effect.Broadcast(Status status);
            if (quiet && !calm) {
                noise++;
                if (noise < 4) {
                    oracle.breach("P13 while idle: " + effect);
                }
            }
        }
    }

    /** Runs through the bad time, the good time after it and the quiet time at the end. */
    Cluster run() {
        nodes.forEach(node -> at(now + random.nextInt(200), node::start));
        planFaults();
        crashesLeft = plan.crashes();
        runUntil(START_MILLIS + plan.faultyMillis());
        heal();
        Map<SimNode, Long> before = new TreeMap<>(Comparator.comparingInt(SimNode::index));
        honest().forEach(node -> before.put(node, oracle.height(node.index())));
        long limit = now + 240_000;
        long goal = oracle.agreedHeight() + 5;
        while (now < limit && !honest().stream().allMatch(n -> oracle.height(n.index()) >= goal)) {
            runUntil(now + 500);
        }
        if (!honest().stream().allMatch(n -> oracle.height(n.index()) >= goal)) {
            oracle.breach("P12 no progress beyond " + oracle.agreedHeight() + describe());
        }
        rest();
        return this;
    }

    private void rest() {
        working = false;
        for (SimNode node : List.copyOf(nodes)) {
            node.feed(new Input.Work(false));
        }
        runUntil(now + 20_000);
        for (SimNode node : honest()) {
            if (oracle.height(node.index()) != oracle.agreedHeight()) {
                oracle.breach("P12 the last block is not final everywhere" + describe());
            }
        }
        quiet = plan.twins() == 0;
        runUntil(now + 5_000);
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        for (SimNode node : honest()) {
            text.append("\n  ").append(node.index()).append(' ');
            text.append(node.isUp() ? node.engine().standing() : "down");
        }
        return text.toString();
    }

    private List<SimNode> honest() {
        return nodes.stream().filter(SimNode::isHonest).toList();
    }

    private void runUntil(long end) {
        while (!queue.isEmpty() && queue.peek().at() <= end && oracle.breaches().isEmpty()) {
            Scheduled next = queue.poll();
            now = Math.max(now, next.at());
            next.what().run();
        }
        now = Math.max(now, end);
    }

    private void planFaults() {
        for (int i = 0; i < plan.powerCuts(); i++) {
            at(now + random.nextInt(plan.faultyMillis()), this::cutPower);
        }
        for (int i = 0; i < plan.partitions(); i++) {
            long from = now + random.nextInt(plan.faultyMillis());
            at(from, this::part);
            at(from + 200 + random.nextInt(5_000), this::join);
        }
    }

    private void cutPower() {
        if (faulty) {
            for (SimNode node : honest()) {
                if (node.isUp()) {
                    crash(node);
                }
            }
        }
    }

    private void part() {
        for (int i = 0; i < side.length; i++) {
            side[i] = random.nextInt(2);
        }
        tellLinks();
    }

    private void join() {
        side = new int[side.length];
        tellLinks();
    }

    /** Tells a node of its links to all that run and, if it is a new process, those of it. */
    void link(SimNode node, boolean isNew) {
        for (SimNode other : List.copyOf(nodes)) {
            if (other.index() != node.index()
                    && other.isUp()
                    && side[other.index()] == side[node.index()]) {
                node.feed(new Input.Link(TestEpochs.id(other.index()), true));
                if (isNew) {
                    other.feed(new Input.Link(TestEpochs.id(node.index()), true));
                }
            }
        }
    }

    /** Some nodes notice at once, others when their messages go unanswered. */
    private void tellLinks() {
        for (SimNode node : List.copyOf(nodes)) {
            if (random.nextBoolean()) {
                for (int peer = 0; peer < side.length; peer++) {
                    if (peer != node.index()) {
                        boolean up = side[peer] == side[node.index()];
                        node.feed(new Input.Link(TestEpochs.id(peer), up));
                    }
                }
            }
        }
    }

    boolean drawsCrash(SimNode node) {
        return faulty && crashesLeft > 0 && node.isHonest() && random.nextInt(2_000) == 0;
    }

    void crash(SimNode node) {
        crashesLeft--;
        node.crash();
        at(
                now + 50 + random.nextInt(3_000),
                () -> {
                    if (!node.isUp()) {
                        node.start();
                    }
                });
    }

    private void heal() {
        faulty = false;
        side = new int[side.length];
        for (SimNode node : List.copyOf(nodes)) {
            if (!node.isUp()) {
                node.start();
            }
        }
        tellLinks();
    }

    void broadcast(SimNode from, ConsensusMessage message) {
        for (int to = 0; to < plan.members(); to++) {
            if (to != from.index()) {
                send(from, TestEpochs.id(to), message);
            }
        }
    }

    void send(SimNode from, NodeId to, ConsensusMessage message) {
        if (!from.isHonest() && random.nextInt(100) < 40) {
            return;
        }
        for (SimNode node : nodes) {
            if (TestEpochs.id(node.index()).equals(to)) {
                deliver(from, node, message);
            }
        }
    }

    private void deliver(SimNode from, SimNode to, ConsensusMessage message) {
        if (faulty && random.nextInt(100) < plan.lossPercent()) {
            return;
        }
        int copies = faulty && random.nextInt(100) < plan.repeatPercent() ? 2 : 1;
        ConsensusMessage sent = plan.codec() ? throughBytes(message) : message;
        for (int i = 0; i < copies; i++) {
            int delay = faulty ? plan.delayMillis() : Math.min(20, plan.delayMillis());
            at(
                    now + 1 + random.nextInt(delay),
                    () -> {
                        if (side[from.index()] == side[to.index()]) {
                            to.feed(new Input.Received(TestEpochs.id(from.index()), sent));
                        }
                    });
        }
    }

    private static ConsensusMessage throughBytes(ConsensusMessage message) {
        return ConsensusMessage.CODEC.decode(ConsensusMessage.CODEC.encode(message)).orThrow();
    }

    void catchUp(SimNode node, NodeId peer) {
        at(
                now + 100 + random.nextInt(400),
                () -> {
                    for (SimNode source : nodes) {
                        if (source.isHonest()
                                && source.isUp()
                                && node.isUp()
                                && side[source.index()] == side[node.index()]
                                && TestEpochs.id(source.index()).equals(peer)) {
                            node.catchUpFrom(source);
                        }
                    }
                });
    }
}
