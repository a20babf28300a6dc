package org.witan.validator.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.witan.catchup.serve.RangeServer;
import org.witan.catchup.serve.ServeSettings;
import org.witan.catchup.sync.SyncSettings;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Request;
import org.witan.chain.rocks.RocksStore;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.message.Status;
import org.witan.validator.pool.PoolLimits;

/** The fourth node of a network, with an own store, and one member that serves it. */
final class CatchingUp {
    private final NodeId server = new NodeId("v2");
    private final RocksStore own;
    private final RangeServer serving;
    private final Deque<NodeInput> inputs = new ArrayDeque<>();
    final Node node;
    private OptionalInt outgrownBy = OptionalInt.empty();
    private Optional<Status> said = Optional.empty();
    private long nowMillis = TestNetwork.CREATED_MILLIS + 1_000_000;

    CatchingUp(TestNetwork network, RocksStore own, RocksStore whole, int greatestLevel) {
        this.own = own;
        serving = new RangeServer(whole, ServeSettings.DEFAULT, nowMillis);
        NodeId id = new NodeId("v4");
        Self self = new Self(id, network.validatorKey(4), network.id(), Ed25519.VERIFIER);
        NodeSetup setup =
                new NodeSetup(self, PoolLimits.DEFAULT, SyncSettings.DEFAULT, greatestLevel);
        node = new Node(setup, own, own.recovered());
        inputs.add(new NodeInput.Linked(server, true));
    }

    /** Until the height is reached, the node wants to stop, or two minutes of its time pass. */
    void run(long height) {
        long end = nowMillis + 120_000;
        while (own.tip().height() < height && nowMillis < end && outgrownBy.isEmpty()) {
            step();
        }
    }

    /** One input: what was served, or the time. */
    List<NodeEffect> step() {
        return take(inputs.isEmpty() ? new NodeInput.Tick() : inputs.removeFirst());
    }

    private List<NodeEffect> take(NodeInput next) {
        nowMillis += 5;
        List<NodeEffect> effects = node.step(new Now(nowMillis, nowMillis), next);
        take(effects);
        return effects;
    }

    /** These say of themselves what the node just said: they stand where it stands. */
    void hear(String... members) {
        nowMillis = Math.max(nowMillis, node.wakeAt());
        take(new NodeInput.Tick());
        Message status = new Message.Consensus(said.orElseThrow());
        for (String member : members) {
            take(new NodeInput.Received(new NodeId(member), status, List.of()));
        }
    }

    boolean mayVote() {
        return node.view().standing().mayVote();
    }

    /** The protocol level at which the node wanted to stop. */
    OptionalInt outgrownBy() {
        return outgrownBy;
    }

    private void take(List<NodeEffect> effects) {
        List<StoreWrite> writes = new ArrayList<>();
        for (NodeEffect effect : effects) {
            switch (effect) {
                case NodeEffect.Save(var write, var sync) -> writes.add(write);
                case NodeEffect.Send(var to, Message.Catchup(Request request)) -> {
                    byte[] reply = serving.answer(new NodeId("v4"), request, nowMillis);
                    var message = CatchupMessage.CODEC.decode(reply).orThrow();
                    inputs.add(
                            new NodeInput.Received(
                                    server, new Message.Catchup(message), List.of()));
                }
                case NodeEffect.Broadcast(Message.Consensus(Status status)) ->
                        said = Optional.of(status);
                case NodeEffect.LevelTooLow(var level, var speaks) ->
                        outgrownBy = OptionalInt.of(level);
                default -> {}
            }
        }
        if (!writes.isEmpty()) {
            own.apply(writes, true);
            inputs.addFirst(new NodeInput.Saved());
        }
    }
}
