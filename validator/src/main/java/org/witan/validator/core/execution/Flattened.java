package org.witan.validator.core.execution;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.membership.Configuration;

/**
 * The state after many blocks that are not saved yet, with the cost of a read the same for any
 * number of them.
 *
 * <p>A catch-up executes hundreds of blocks between two writes; a chain of their states would make
 * every read walk through all of them.
 */
public final class Flattened implements StateReader {
    private final StateReader committed;
    private final Map<StatePath, Optional<byte[]>> values = new TreeMap<>();
    private final Map<TreeKey, TreePage> pages = new TreeMap<>();
    private long height;
    private TreeRoot root;
    private Configuration configuration;

    public Flattened(StateReader committed) {
        this.committed = committed;
        height = committed.height();
        root = committed.treeRoot();
        configuration = committed.configuration();
    }

    /** Takes over the next block's state, whose parent this is. */
    public void absorb(PostState next) {
        next.changes().forEach((path, change) -> values.put(path, change.after()));
        pages.putAll(next.addedPages());
        height = next.height();
        root = next.treeRoot();
        configuration = next.configuration();
    }

    @Override
    public Optional<byte[]> value(StatePath path) {
        Optional<byte[]> known = values.get(path);
        return known != null ? known : committed.value(path);
    }

    @Override
    public Optional<TreePage> page(TreeKey key) {
        TreePage known = pages.get(key);
        return known != null ? Optional.of(known) : committed.page(key);
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public TreeRoot treeRoot() {
        return root;
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }
}
