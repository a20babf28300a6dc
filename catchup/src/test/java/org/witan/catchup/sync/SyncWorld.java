package org.witan.catchup.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.catchup.fixture.FakeKeys;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/**
 * One node that catches up from members over a network with delays, on a clock of its own. All
 * chance comes from the seed.
 */
final class SyncWorld {
    private record Event(long atMillis, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    final HandMadeNetwork network;
    final Random random;
    final Map<NodeId, Member> members = new TreeMap<>();
    final Map<NodeId, String> blamed = new TreeMap<>();
    final TreeSet<Long> finished = new TreeSet<>();
    final List<SyncEffect.Failed> failures = new ArrayList<>();
    final Oracle oracle;
    long bytesPerSecond = 50 << 20;
    int asks;

    private final NodeId self;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Digest trace = Digest.tagged("trace");
    private Proofs proofs;
    private SyncSettings settings = SyncSettings.DEFAULT;
    private HandMadeLedger ledger;
    private Synchroniser synchroniser;
    private long nowMillis = 1_000_000;
    private long order;
    private int life;

    SyncWorld(HandMadeNetwork network, String self, long seed) {
        this.network = network;
        this.self = new NodeId(self);
        random = new Random(seed);
        ledger = network.emptyLedger();
        proofs = new Proofs(network.id(), FakeKeys.VERIFIER);
        oracle = new Oracle(network, settings);
        synchroniser = born();
    }

    /** Uses other judgement than the real one. */
    SyncWorld judgingBy(Proofs other) {
        proofs = other;
        synchroniser = born();
        return this;
    }

    /** Starts from a copy of the network's first heights. */
    SyncWorld from(long height) {
        ledger = HandMadeLedger.prefix(network.ledger(), height);
        return this;
    }

    /** Adds a member that holds the whole chain; its link comes up at once. */
    SyncWorld member(String name, Lie lie) {
        return member(name, lie, network.ledger());
    }

    SyncWorld member(String name, Lie lie, HandMadeLedger held) {
        NodeId id = new NodeId(name);
        members.put(id, new Member(id, lie, network, held, random));
        feed(new SyncInput.Linked(id));
        return this;
    }

    HandMadeLedger ledger() {
        return ledger;
    }

    Synchroniser synchroniser() {
        return synchroniser;
    }

    long now() {
        return nowMillis;
    }

    Hash trace() {
        return trace.done();
    }

    SyncWorld start() {
        feed(new SyncInput.Start(ledger.position()));
        return this;
    }

    /** The process is killed and started again; the ledger is what is left. */
    void crash() {
        life++;
        oracle.crashed();
        synchroniser = born();
        members.values().stream()
                .filter(member -> member.up)
                .forEach(member -> feed(new SyncInput.Linked(member.id())));
        start();
    }

    /** A member's process dies, or comes back. */
    void up(String name, boolean up) {
        Member member = members.get(new NodeId(name));
        if (member != null && member.up != up) {
            member.up = up;
            oracle.linkChanged(member.id());
            feed(up ? new SyncInput.Linked(member.id()) : new SyncInput.Unlinked(member.id()));
        }
    }

    void after(long millis, Runnable action) {
        events.add(new Event(nowMillis + millis, order++, action));
    }

    /** Runs until the catch-up ends or so much time has passed; whether it ended. */
    boolean run(long millis) {
        long end = nowMillis + millis;
        while (synchroniser.running() && nowMillis < end) {
            long wake = Math.min(synchroniser.wakeAt(), end);
            if (!events.isEmpty() && events.peek().atMillis <= wake) {
                Event event = events.remove();
                nowMillis = Math.max(nowMillis, event.atMillis);
                event.action.run();
            } else {
                nowMillis = wake;
                feed(new SyncInput.Tick());
            }
        }
        return !synchroniser.running();
    }

    /** Lets time pass without a catch-up. */
    void pass(long millis) {
        long end = nowMillis + millis;
        while (!events.isEmpty() && events.peek().atMillis <= end) {
            Event event = events.remove();
            nowMillis = Math.max(nowMillis, event.atMillis);
            event.action.run();
        }
        nowMillis = end;
    }

    void feed(SyncInput input) {
        for (SyncEffect effect : synchroniser.step(nowMillis, input)) {
            trace.add(effect.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            apply(effect);
        }
    }

    private void apply(SyncEffect effect) {
        switch (effect) {
            case SyncEffect.Ask(var to, var request) -> ask(to, request);
            case SyncEffect.Append append -> {
                oracle.appends(append, ledger);
                int born = life;
                after(1 + append.blocks().size() / 20, () -> execute(append, born));
            }
            case SyncEffect.Blame(var member, var reason) -> {
                oracle.blames(members.get(member), reason);
                blamed.putIfAbsent(member, reason);
            }
            case SyncEffect.Finished(var height) -> finished.add(height);
            case SyncEffect.Failed failed -> failures.add(failed);
            case SyncEffect.Report _ -> {}
        }
    }

    private void execute(SyncEffect.Append append, int born) {
        if (life != born) {
            return;
        }
        for (Block block : append.blocks()) {
            if (block.height() <= ledger.tip().height()) {
                continue;
            }
            boolean last = block.equals(append.blocks().getLast());
            if (!commit(block, last ? Optional.of(append.finalization()) : Optional.empty())) {
                feed(new SyncInput.Rejected(block.height(), "another state root"));
                return;
            }
        }
        oracle.appended();
        feed(new SyncInput.Appended(ledger.position()));
    }

    private boolean commit(Block block, Optional<Certificate> finalization) {
        Hash before = ledger.tip().header().stateRoot();
        if (!HandMadeNetwork.stateRoot(before, block.body()).equals(block.header().stateRoot())) {
            return false;
        }
        ledger.append(
                block,
                finalization,
                block.header().isBoundary()
                        ? network.configuration(block.header().nextConfigHash())
                        : Optional.empty());
        return true;
    }

    /** Consensus commits the next blocks while catch-up runs. */
    void committed(int blocks, boolean told) {
        long height = ledger.tip().height();
        for (long h = height + 1; h <= height + blocks; h++) {
            Optional<Block> block = network.ledger().block(h);
            if (block.isPresent()) {
                commit(block.get(), network.ledger().finalization(h));
            }
        }
        if (told) {
            feed(new SyncInput.Moved(ledger.position()));
        }
    }

    private void ask(NodeId to, Request request) {
        oracle.asks(to, request);
        asks += request instanceof Request.GetTip ? 0 : 1;
        Member member = members.get(to);
        if (member == null || !member.up) {
            return;
        }
        int born = life;
        byte[] bytes = CatchupMessage.CODEC.encode(request);
        after(latency(), () -> serve(member, bytes, born));
    }

    private void serve(Member member, byte[] bytes, int born) {
        if (!member.up) {
            return;
        }
        Request request = (Request) CatchupMessage.CODEC.decode(bytes).orThrow();
        for (byte[] reply : member.answer(self, request, nowMillis)) {
            long slow = member.lie() == Lie.DRIP && request instanceof Request.GetRange ? 5_000 : 0;
            long begins = Math.max(nowMillis, member.freeAtMillis) + slow;
            member.freeAtMillis = begins + reply.length * 1000L / bytesPerSecond;
            after(
                    member.freeAtMillis - nowMillis + latency(),
                    () -> arrive(member, request, reply, born));
        }
    }

    private void arrive(Member member, Request request, byte[] bytes, int born) {
        if (life != born || !member.up) {
            return;
        }
        oracle.answered(member.id(), request, bytes.length);
        SyncInput input =
                switch (CatchupMessage.CODEC.decode(bytes)) {
                    case Decoded.Ok(Reply reply) -> new SyncInput.Answered(member.id(), reply);
                    case Decoded.Ok(var other) ->
                            new SyncInput.Garbled(member.id(), "no reply: " + other);
                    case Decoded.Bad(var offset, var why) ->
                            new SyncInput.Garbled(member.id(), offset + ": " + why);
                };
        feed(input);
    }

    private long latency() {
        return 1L + random.nextInt(20);
    }

    private Synchroniser born() {
        return new Synchroniser(new Synchroniser.Fixed(self, proofs, settings));
    }

    /** The epoch that the network has reached. */
    Epoch epoch() {
        return network.epoch();
    }
}
