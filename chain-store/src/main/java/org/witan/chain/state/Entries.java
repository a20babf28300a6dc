package org.witan.chain.state;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Operation.Delete;
import org.witan.chain.block.Operation.Put;
import org.witan.chain.block.Operation.Write;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Receipt.Outcome;
import org.witan.genesis.membership.NodeId;

/** Rules X5 to X7: writes to entries. */
final class Entries {
    private final Scratch scratch;
    private final long height;
    private final int maxBytes;

    Entries(Scratch scratch, long height, int maxBytes) {
        this.scratch = scratch;
        this.height = height;
        this.maxBytes = maxBytes;
    }

    /**
     * Does all writes in order, or none; the receipt tells of the last or of the one that failed.
     */
    Receipt write(NodeId owner, List<Write> writes) {
        TreeMap<StatePath, Optional<Entry>> staged = new TreeMap<>();
        Receipt receipt = new Receipt(Outcome.DONE, 0);
        for (Write write : writes) {
            StatePath path = StatePath.entry(owner, write.key());
            Optional<Entry> present = staged.get(path);
            if (present == null) {
                present = scratch.get(path).map(bytes -> Entry.CODEC.decode(bytes).orThrow());
            }
            receipt = outcome(write, present);
            if (receipt.outcome() != Outcome.DONE) {
                return receipt;
            }
            staged.put(path, after(write, receipt.version()));
        }
        staged.forEach((path, entry) -> scratch.set(path, entry.map(Entry.CODEC::encode)));
        return receipt;
    }

    private Receipt outcome(Write write, Optional<Entry> present) {
        long version = present.map(Entry::version).orElse(0L);
        if (write.ifVersion().isPresent() && write.ifVersion().getAsLong() != version) {
            return new Receipt(Outcome.VERSION_CONFLICT, version);
        }
        return switch (write) {
            case Put put when put.value().length > maxBytes ->
                    new Receipt(Outcome.TOO_LARGE, version);
            case Put _ -> new Receipt(Outcome.DONE, version + 1);
            case Delete _ when present.isEmpty() -> new Receipt(Outcome.NO_SUCH_ENTRY, 0);
            case Delete _ -> new Receipt(Outcome.DONE, 0);
        };
    }

    private Optional<Entry> after(Write write, long version) {
        return write instanceof Put put
                ? Optional.of(new Entry(version, height, put.value()))
                : Optional.empty();
    }
}
