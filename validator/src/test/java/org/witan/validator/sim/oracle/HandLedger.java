package org.witan.validator.sim.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.Block;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.Operation;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.chain.state.Entry;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StateItem;
import org.witan.genesis.membership.NodeId;

/** Entries and invitations kept in plain maps, by rules written down a second time (P9). */
final class HandLedger {
    private static final String ENTRY = "entry/";

    private final Map<String, Item> items = new HashMap<>();
    private final GuestLedger guests = new GuestLedger();

    @SuppressWarnings("ArrayRecordComponent")
    private record Item(long version, long height, byte[] content) {
        boolean is(Entry entry) {
            return entry.version() == version
                    && entry.height() == height
                    && Arrays.equals(entry.content(), content);
        }
    }

    /** Does what a block's transactions ask for, and compares. */
    void apply(Block block, List<Receipt> receipts, StateReader after) {
        var transactions = block.body().transactions();
        Promise.P9.holds(
                receipts.size() == transactions.size(), "receipts at height %d", block.height());
        List<String> touched = new ArrayList<>();
        for (int i = 0; i < receipts.size(); i++) {
            var intent = transactions.get(i).intent();
            if (intent.operation() instanceof GovernanceOperation operation) {
                guests.apply(block.header(), intent, operation, receipts.get(i).outcome());
                continue;
            }
            NodeId owner = intent.sender().id();
            List<Operation.Write> writes = writes(intent.operation());
            Receipt expected = all(owner, writes, block.height());
            Promise.P9.holds(
                    expected.equals(receipts.get(i)),
                    "height %d, transaction %d: %s instead of %s",
                    block.height(),
                    i,
                    receipts.get(i),
                    expected);
            writes.forEach(write -> touched.add(owner + "/" + write.key()));
        }
        touched.forEach(name -> compare(name, block.height(), after));
        guests.compare(block.height(), after);
    }

    /** How many were let in by invitations. */
    int guests() {
        return guests.guests();
    }

    private static List<Operation.Write> writes(Operation operation) {
        return switch (operation) {
            case Operation.Batch(var several) -> several;
            case Operation.Write one -> List.of(one);
            case GovernanceOperation _ -> List.of();
        };
    }

    private Receipt all(NodeId owner, List<Operation.Write> writes, long height) {
        Map<String, @Nullable Item> before = new HashMap<>();
        writes.forEach(w -> before.put(owner + "/" + w.key(), items.get(owner + "/" + w.key())));
        Receipt receipt = new Receipt(Outcome.DONE, 0);
        for (Operation.Write write : writes) {
            receipt = one(owner + "/" + write.key(), write, height);
            if (receipt.outcome() != Outcome.DONE) {
                before.forEach(this::put);
                return receipt;
            }
        }
        return receipt;
    }

    private Receipt one(String name, Operation.Write write, long height) {
        Item present = items.get(name);
        long version = present == null ? 0 : present.version;
        if (write.ifVersion().isPresent() && write.ifVersion().getAsLong() != version) {
            return new Receipt(Outcome.VERSION_CONFLICT, version);
        }
        if (write instanceof Operation.Put put) {
            items.put(name, new Item(version + 1, height, put.value()));
            return new Receipt(Outcome.DONE, version + 1);
        }
        items.remove(name);
        return new Receipt(version == 0 ? Outcome.NO_SUCH_ENTRY : Outcome.DONE, 0);
    }

    private void put(String name, @Nullable Item item) {
        if (item == null) {
            items.remove(name);
        } else {
            items.put(name, item);
        }
    }

    /** Compares all entries and invitations of a ledger that has every block. */
    void compare(LedgerReader ledger) {
        Map<String, Item> missing = new HashMap<>(items);
        for (StateItem item : Disk.all(ledger, StatePath.parse(ENTRY))) {
            String name = item.path().text().substring(ENTRY.length());
            Entry there = Entry.CODEC.decode(item.value()).orThrow();
            Optional<Item> expected = Optional.ofNullable(missing.remove(name));
            Promise.P9.holds(
                    expected.filter(byHand -> byHand.is(there)).isPresent(),
                    "%s stands on a disk, by hand %s",
                    name,
                    expected);
        }
        Promise.P9.holds(missing.isEmpty(), "%s are not on a disk", missing.keySet());
        guests.compare(ledger);
    }

    private void compare(String name, long height, StateReader after) {
        int slash = name.indexOf('/');
        NodeId owner = new NodeId(name.substring(0, slash));
        Optional<Entry> there =
                after.value(StatePath.entry(owner, name.substring(slash + 1)))
                        .map(bytes -> Entry.CODEC.decode(bytes).orThrow());
        Item expected = items.get(name);
        boolean same = expected == null ? there.isEmpty() : there.filter(expected::is).isPresent();
        Promise.P9.holds(same, "%s after height %d", name, height);
    }
}
