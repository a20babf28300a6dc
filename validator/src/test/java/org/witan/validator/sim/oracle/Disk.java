package org.witan.validator.sim.oracle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.block.Transaction;
import org.witan.chain.merkle.NaiveTree;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.chain.store.TransactionPlace;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** The ledger on one node's disk, read from its first block to its last: P8 and P9. */
final class Disk {
    private final LedgerReader ledger;
    private final Map<Hash, TransactionPlace> places = new HashMap<>();

    Disk(LedgerReader ledger) {
        this.ledger = ledger;
        for (long height = 1; height <= height(); height++) {
            int index = 0;
            for (Transaction transaction :
                    ledger.block(height).orElseThrow().body().transactions()) {
                var receipt = ledger.receipts(height).get(index);
                var place = new TransactionPlace(height, index++, receipt);
                Promise.P8.holds(
                        places.put(transaction.id(), place) == null,
                        "twice on one disk: %s",
                        transaction);
            }
        }
    }

    /** The height of its last block. */
    long height() {
        return ledger.tip().height();
    }

    /** A client was told that this is final, and the block of this height has it. */
    void holds(Hash id, long height) {
        if (height > height()) {
            return;
        }
        Optional<TransactionPlace> place = Optional.ofNullable(places.get(id));
        Promise.P8.holds(
                place.filter(there -> there.height() == height).isPresent(),
                "an acknowledged write is lost: %s of height %d, found at %s",
                id,
                height,
                place);
        Promise.P8.holds(
                ledger.transaction(id).equals(place),
                "an acknowledged write is not found by its name: %s at %s",
                id,
                place);
    }

    /** The values that it lists are all those of the state that its last block names. */
    void isWhole() {
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        // Every path begins with a small letter.
        for (char first = 'a'; first <= 'z'; first++) {
            for (StateItem item : all(ledger, StatePath.parse(String.valueOf(first)))) {
                leaves.put(item.path().hash(), Digest.plain().add(item.value()).done());
            }
        }
        Promise.P9.holds(
                NaiveTree.root(leaves).equals(ledger.tip().header().stateRoot()),
                "the values on a disk are not those of height %d",
                height());
    }

    /** All values whose paths begin so. */
    static List<StateItem> all(LedgerReader ledger, StatePath prefix) {
        return ledger.list(prefix, Optional.empty(), Integer.MAX_VALUE);
    }
}
