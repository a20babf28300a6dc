package org.witan.chain.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.merkle.LeafWalk;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;

/** The state of a ledger in chunks, made the obvious way. */
public final class Chunks {
    private Chunks() {}

    /** The whole state after a height, so many values in each chunk. */
    public static List<StateChunk> of(LedgerReader ledger, long height, int values) {
        StateReader state = ledger.stateAt(height).orElseThrow();
        List<StateChunk.Item> items = new ArrayList<>();
        LeafWalk.from(
                state,
                state.treeRoot(),
                Hash.NONE,
                (hash, value) -> {
                    StatePath path = ledger.path(hash).orElseThrow();
                    return items.add(new StateChunk.Item(path, state.value(path).orElseThrow()));
                });
        List<StateChunk> chunks = new ArrayList<>();
        Hash from = Hash.NONE;
        for (int at = 0; at < items.size(); at += values) {
            int end = Math.min(at + values, items.size());
            Hash to = end == items.size() ? StateChunk.LAST : items.get(end - 1).path().hash();
            RangeProof proof = RangeProof.of(state, state.treeRoot(), from, to);
            chunks.add(new StateChunk(from, to, List.copyOf(items.subList(at, end)), proof));
            from = StateChunk.after(to).orElse(StateChunk.LAST);
        }
        return chunks;
    }

    /** What a ledger that begins with a height begins with; the network is in its first epoch. */
    public static Base base(LedgerReader ledger, long height) {
        Optional<EpochLink> first = ledger.epoch(1);
        return new Base(
                List.of(first.orElseThrow()),
                ledger.header(height).orElseThrow(),
                ledger.finalization(height).orElseThrow());
    }
}
