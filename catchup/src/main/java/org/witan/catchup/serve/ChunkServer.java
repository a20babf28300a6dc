package org.witan.catchup.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.wire.CatchupMessage;
import org.witan.catchup.wire.Limits;
import org.witan.catchup.wire.Refusal;
import org.witan.catchup.wire.Reply;
import org.witan.catchup.wire.Request.GetChunk;
import org.witan.chain.merkle.LeafWalk;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NodeId;

/**
 * Answers requests for parts of a state that the store keeps. Source: docs/protocol/catchup.md, K18
 * and K20.
 */
final class ChunkServer {
    /** What reading one value costs at least: it is found at a random place of the disk. */
    private static final int VALUE_COST_BYTES = 1 << 10;

    private final LedgerReader ledger;
    private final Holds holds = new Holds();
    private int cost;

    ChunkServer(LedgerReader ledger) {
        this.ledger = ledger;
    }

    /** Bytes that the last answer costs, if it was one of ours; 0 otherwise. */
    int takeCost() {
        int taken = cost;
        cost = 0;
        return taken;
    }

    byte[] answer(NodeId asker, GetChunk asked, long nowMillis) {
        if (asked.from().compareTo(asked.to()) > 0) {
            return refuse(asked, Refusal.BAD_REQUEST, "the chunk ends before it begins");
        }
        long tip = ledger.tip().height();
        if (asked.height() > tip) {
            return refuse(asked, Refusal.BEYOND_TIP, "the tip is at " + tip);
        }
        ledger.holdStates(holds.hold(asker, asked.height(), nowMillis));
        Optional<StateReader> state = ledger.stateAt(asked.height());
        if (state.isEmpty()) {
            return notKept(asker, asked, nowMillis);
        }
        try {
            return CatchupMessage.CODEC.encode(
                    new Reply.Chunk(asked.number(), chunk(asked, state.get())));
        } catch (OperatorError pruned) {
            // The writer took the state away while we read it.
            return notKept(asker, asked, nowMillis);
        }
    }

    /** Lets go of what is not fetched any more; whether something is still held. */
    boolean expire(long nowMillis) {
        long lowest = holds.lowest(nowMillis);
        ledger.holdStates(lowest);
        return lowest != Long.MAX_VALUE;
    }

    private byte[] notKept(NodeId asker, GetChunk asked, long nowMillis) {
        ledger.holdStates(holds.release(asker, nowMillis));
        return refuse(
                asked,
                Refusal.NOT_KEPT,
                "the state of height %d is not kept any more, the tip is at %d"
                        .formatted(asked.height(), ledger.tip().height()));
    }

    private StateChunk chunk(GetChunk asked, StateReader state) {
        Picked picked = new Picked(Math.min(asked.maxBytes(), Limits.CHUNK_BYTES), state);
        LeafWalk.from(
                state,
                state.treeRoot(),
                asked.from(),
                (path, value) -> path.compareTo(asked.to()) <= 0 && picked.take(path));
        cost = (int) Math.min(Integer.MAX_VALUE, (long) picked.items.size() * VALUE_COST_BYTES);
        Hash to = picked.full ? picked.items.getLast().path().hash() : asked.to();
        RangeProof proof = RangeProof.of(state, state.treeRoot(), asked.from(), to);
        return new StateChunk(asked.from(), to, List.copyOf(picked.items), proof);
    }

    /** Values until they are enough. */
    private final class Picked {
        private final int mostBytes;
        private final StateReader state;
        private final List<StateChunk.Item> items = new ArrayList<>();
        private long sizeBytes;
        private boolean full;

        Picked(int mostBytes, StateReader state) {
            this.mostBytes = mostBytes;
            this.state = state;
        }

        /** Adds a value unless it is one too many; false ends the walk. */
        boolean take(Hash pathHash) {
            StatePath path = ledger.path(pathHash).orElseThrow(ChunkServer::unknownPath);
            byte[] value = state.value(path).orElseThrow(ChunkServer::unknownPath);
            long more = path.toBytes().length + (long) value.length;
            full =
                    !items.isEmpty()
                            && (sizeBytes + more > mostBytes
                                    || items.size() == StateChunk.MAX_ITEMS);
            if (!full) {
                items.add(new StateChunk.Item(path, value));
                sizeBytes += more;
            }
            return !full;
        }
    }

    /** A store of an older program did not keep the paths of what it deleted. */
    private static OperatorError unknownPath() {
        return new OperatorError(
                org.witan.genesis.failure.ExitCode.NOT_FOUND,
                "STATE_PRUNED",
                "a value of that state cannot be found any more",
                "its path was deleted before paths were kept",
                "ask for a later height");
    }

    private static byte[] refuse(GetChunk asked, Refusal refusal, String reason) {
        return RangeServer.refuse(asked.number(), refusal, reason);
    }
}
