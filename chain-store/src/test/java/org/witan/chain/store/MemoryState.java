package org.witan.chain.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.crypto.Hash;

/** Every version of the network state, in plain maps. */
public final class MemoryState {
    /** By path, then by the height that wrote the value. */
    private final TreeMap<StatePath, TreeMap<Long, Optional<byte[]>>> values = new TreeMap<>();

    private final Map<TreeKey, TreePage> pages = new HashMap<>();
    private final List<TreeRoot> roots = new ArrayList<>();

    /** Adds the state after the next height, from 0. */
    public void add(PostState after) {
        after.changes()
                .forEach((path, change) ->
                        values.computeIfAbsent(path, p -> new TreeMap<>())
                                .put(after.height(), change.after()));
        pages.putAll(after.addedPages());
        roots.add(after.treeRoot());
    }

    /** The state after a height; empty if it was not added. */
    public Optional<StateReader> at(long height) {
        return height >= 0 && height < roots.size()
                ? Optional.of(new At(height))
                : Optional.empty();
    }

    Optional<StatePath> path(Hash pathHash) {
        return values.keySet().stream().filter(path -> path.hash().equals(pathHash)).findFirst();
    }

    List<StateItem> list(StatePath prefix, Optional<StatePath> after, int limit) {
        List<StateItem> items = new ArrayList<>();
        for (var value : values.tailMap(prefix, true).entrySet()) {
            StatePath path = value.getKey();
            if (!path.startsWith(prefix) || items.size() == limit) {
                break;
            }
            if (after.isEmpty() || path.compareTo(after.get()) > 0) {
                value.getValue()
                        .lastEntry()
                        .getValue()
                        .ifPresent(bytes -> items.add(new StateItem(path, bytes)));
            }
        }
        return items;
    }

    /** The state after one height. */
    private final class At implements StateReader {
        private final long height;

        At(long height) {
            this.height = height;
        }

        @Override
        public Optional<byte[]> value(StatePath path) {
            TreeMap<Long, Optional<byte[]>> versions = values.get(path);
            var version = versions == null ? null : versions.floorEntry(height);
            return version == null ? Optional.empty() : version.getValue();
        }

        @Override
        public Optional<TreePage> page(TreeKey key) {
            return Optional.ofNullable(pages.get(key));
        }

        @Override
        public long height() {
            return height;
        }

        @Override
        public TreeRoot treeRoot() {
            return roots.get((int) height);
        }
    }
}
