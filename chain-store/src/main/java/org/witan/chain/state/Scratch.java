package org.witan.chain.state;

import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.state.govern.Values;

/** The values that a block touched, while it is executed; can take back a part. */
final class Scratch implements Values {
    private final StateReader parent;
    private final SortedMap<StatePath, Optional<byte[]>> before = new TreeMap<>();
    private final SortedMap<StatePath, Optional<byte[]>> after = new TreeMap<>();

    Scratch(StateReader parent) {
        this.parent = parent;
    }

    @Override
    public Optional<byte[]> get(StatePath path) {
        Optional<byte[]> own = after.get(path);
        return own != null ? own : before.computeIfAbsent(path, parent::value);
    }

    void put(StatePath path, byte[] value) {
        set(path, Optional.of(value));
    }

    @Override
    public void set(StatePath path, Optional<byte[]> value) {
        before.computeIfAbsent(path, parent::value);
        after.put(path, value);
    }

    /** What differs from the parent's state. */
    SortedMap<StatePath, ValueChange> changes() {
        SortedMap<StatePath, ValueChange> changes = new TreeMap<>();
        after.forEach((path, value) -> {
            Optional<byte[]> old = before.getOrDefault(path, Optional.empty());
            if (!same(old, value)) {
                changes.put(path, new ValueChange(old, value));
            }
        });
        return changes;
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return Arrays.equals(one.orElse(null), other.orElse(null));
    }
}
