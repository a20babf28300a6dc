package org.witan.catchup.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request;
import org.witan.chain.store.Base;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;

/** An empty node {@code v4} that joins three members over a network with delays. */
final class JoinWorld {
    /** What a member does. */
    enum Manner {
        HONEST,
        SILENT,
        BUSY,
        ALTERED,
        LEFT_OUT,
        OTHER_PLACE,
        OTHER_ANSWER,
        GARBAGE,
        RAISED_TIP;

        boolean isLie() {
            return compareTo(BUSY) > 0;
        }
    }

    private record Event(long atMillis, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    final Map<NodeId, String> blamed = new TreeMap<>();
    final List<StateChunk> kept = new ArrayList<>();
    final TreeSet<Long> begun = new TreeSet<>();
    Optional<Base> base = Optional.empty();
    Optional<Base> complete = Optional.empty();
    Optional<Long> blocks = Optional.empty();
    long prunedBelow;
    int chunksAsked;

    private final TestNetwork network;
    private final RangeServer server;
    private final Anchor anchor;
    private final Map<NodeId, Manner> members = new TreeMap<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private SnapshotJoin join;
    private long nowMillis = 1_000_000;
    private long order;
    private int life;

    JoinWorld(TestNetwork network, MemoryStore whole, Anchor anchor, long seed) {
        this.network = network;
        this.anchor = anchor;
        server = new RangeServer(whole, new ServeSettings(1L << 40, 1L << 40, 1), 0);
        random = new Random(seed);
        join = born();
    }

    private SnapshotJoin born() {
        return new SnapshotJoin(
                new JoinTerms(new NodeId("v4"), network.id(), Ed25519.VERIFIER, 10), anchor);
    }

    JoinWorld member(String name, Manner manner) {
        members.put(new NodeId(name), manner);
        feed(new JoinInput.Linked(new NodeId(name)));
        return this;
    }

    /** The process is killed and started again; what was kept is what is left. */
    void crash() {
        life++;
        join = born();
        boolean holds = base.isEmpty() || join.restore(base.get());
        for (StateChunk chunk : kept) {
            holds &= join.restore(chunk);
        }
        if (!holds) {
            throw new AssertionError("what was kept does not hold");
        }
        members.keySet().forEach(id -> feed(new JoinInput.Linked(id)));
    }

    void after(long millis, Runnable action) {
        events.add(new Event(nowMillis + millis, order++, action));
    }

    /** Runs until it is over or so much time has passed; whether it is over. */
    boolean run(long millis) {
        long end = nowMillis + millis;
        while (complete.isEmpty() && blocks.isEmpty() && nowMillis < end) {
            long wake = Math.min(nowMillis + SnapshotJoin.BEAT_MILLIS, end);
            if (!events.isEmpty() && events.peek().atMillis <= wake) {
                Event event = events.remove();
                nowMillis = Math.max(nowMillis, event.atMillis);
                event.action.run();
            } else {
                nowMillis = wake;
                feed(new JoinInput.Tick());
            }
        }
        return complete.isPresent() || blocks.isPresent();
    }

    private void feed(JoinInput input) {
        for (JoinEffect effect : join.step(nowMillis, input)) {
            switch (effect) {
                case JoinEffect.Ask(var member, var request) -> ask(member, request);
                case JoinEffect.Begin(var chosen) -> {
                    base = Optional.of(chosen);
                    begun.add(chosen.height());
                    kept.clear();
                }
                case JoinEffect.Keep(var chunk) -> kept.add(chunk);
                case JoinEffect.Complete(var done) -> complete = Optional.of(done);
                case JoinEffect.FetchBlocks(var goal) -> blocks = Optional.of(goal);
                case JoinEffect.Blame(var member, var reason) -> blamed.putIfAbsent(member, reason);
                case JoinEffect.Report _ -> {}
            }
        }
    }

    private void ask(NodeId member, Request request) {
        chunksAsked += request instanceof Request.GetChunk ? 1 : 0;
        int born = life;
        Manner manner = Optional.ofNullable(members.get(member)).orElseThrow();
        after(
                latency(),
                () -> {
                    byte[] bytes = answer(member, manner, request);
                    if (bytes.length > 0) {
                        after(latency(), () -> arrive(member, bytes, born));
                    }
                });
    }

    private void arrive(NodeId member, byte[] bytes, int born) {
        if (born == life) {
            feed(
                    CatchupMessage.CODEC.decode(bytes) instanceof Decoded.Ok(Reply reply)
                            ? new JoinInput.Answered(member, reply)
                            : new JoinInput.Garbled(member, "bytes"));
        }
    }

    private byte[] answer(NodeId member, Manner manner, Request request) {
        if (request instanceof Request.GetChunk chunk && chunk.height() < prunedBelow) {
            return refuse(request, Refusal.NOT_KEPT);
        }
        byte[] honest = server.answer(member, request, nowMillis);
        Reply reply = (Reply) CatchupMessage.CODEC.decode(honest).orThrow();
        boolean data = request instanceof Request.GetChunk;
        return switch (manner) {
            case HONEST -> honest;
            case SILENT -> data ? new byte[0] : honest;
            case BUSY -> random.nextInt(3) > 0 ? refuse(request, Refusal.BUSY) : honest;
            case GARBAGE -> data ? new byte[] {1, 99} : honest;
            case OTHER_ANSWER ->
                    data
                            ? CatchupMessage.CODEC.encode(
                                    new Reply.Epochs(request.number(), List.of()))
                            : honest;
            default -> CatchupMessage.CODEC.encode(lie(manner, reply));
        };
    }

    private static Reply lie(Manner manner, Reply reply) {
        return switch (reply) {
            case Reply.Chunk chunk -> new Reply.Chunk(chunk.number(), lie(manner, chunk.chunk()));
            case Reply.TipIs tip when manner == Manner.RAISED_TIP ->
                    new Reply.TipIs(tip.number(), raised(tip), tip.finalization());
            default -> reply;
        };
    }

    private static org.witan.chain.block.BlockHeader raised(Reply.TipIs tip) {
        var h = tip.header();
        return new org.witan.chain.block.BlockHeader(
                h.networkId(),
                h.epoch(),
                h.view(),
                h.height() + 1000,
                h.proposer(),
                h.parentHash(),
                h.timestampMillis(),
                h.transactionRoot(),
                h.stateRoot(),
                h.configHash(),
                h.nextConfigHash(),
                h.previousBoundaryHash(),
                h.bodyBytes(),
                h.transactionCount());
    }

    private static StateChunk lie(Manner manner, StateChunk chunk) {
        List<StateChunk.Item> items = new ArrayList<>(chunk.items());
        if (items.isEmpty()) {
            return chunk;
        }
        switch (manner) {
            case ALTERED -> {
                byte[] value = items.getFirst().value().clone();
                value[value.length - 1] ^= 1;
                items.set(0, new StateChunk.Item(items.getFirst().path(), value));
            }
            case LEFT_OUT -> items.removeFirst();
            case OTHER_PLACE -> {
                return new StateChunk(chunk.to(), chunk.to(), List.of(), chunk.proof());
            }
            default -> {}
        }
        return new StateChunk(chunk.from(), chunk.to(), items, chunk.proof());
    }

    private static byte[] refuse(Request request, Refusal refusal) {
        return CatchupMessage.CODEC.encode(new Reply.Refused(request.number(), refusal, 500, "no"));
    }

    private long latency() {
        return 1L + random.nextInt(30);
    }
}
