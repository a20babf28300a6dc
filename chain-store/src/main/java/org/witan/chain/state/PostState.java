package org.witan.chain.state;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.merkle.TreeUpdate;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;

/**
 * The state after a block that is not committed yet: what the block changed, over the state of its
 * parent.
 *
 * <p>Confined to the node loop.
 */
public final class PostState implements StateReader {
    private final long height;
    private final SortedMap<StatePath, ValueChange> changes;
    private final TreeUpdate tree;
    private final Configuration configuration;
    private StateReader parent;

    private PostState(
            StateReader parent,
            SortedMap<StatePath, ValueChange> changes,
            TreeUpdate tree,
            Configuration configuration) {
        this.parent = parent;
        this.height = parent.height() + 1;
        this.changes = Collections.unmodifiableSortedMap(changes);
        this.tree = tree;
        this.configuration = configuration;
    }

    /** Puts the changes of the block above {@code parent} into the tree. */
    static PostState of(
            StateReader parent,
            SortedMap<StatePath, ValueChange> changes,
            Configuration configuration) {
        Digest digest = Digest.plain();
        SortedMap<Hash, Optional<Hash>> leaves = new TreeMap<>();
        changes.forEach((path, change) ->
                leaves.put(path.hash(), change.after().map(value -> digest.add(value).done())));
        TreeUpdate tree = TreeUpdate.apply(parent, parent.treeRoot(), parent.height() + 1, leaves);
        return new PostState(parent, changes, tree, configuration);
    }

    @Override
    public Optional<byte[]> value(StatePath path) {
        ValueChange change = changes.get(path);
        return change != null ? change.after() : parent.value(path);
    }

    @Override
    public Optional<TreePage> page(TreeKey key) {
        TreePage own = tree.added().get(key);
        return own != null ? Optional.of(own) : parent.page(key);
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public TreeRoot treeRoot() {
        return tree.root();
    }

    @Override
    public Configuration configuration() {
        return configuration;
    }

    /** What the block did, by path; no path whose value stayed the same. */
    public SortedMap<StatePath, ValueChange> changes() {
        return changes;
    }

    /** Pages of the tree that the block added. */
    public Map<TreeKey, TreePage> addedPages() {
        return Collections.unmodifiableMap(tree.added());
    }

    /** Pages of older versions that the state after the block does not reach. */
    public List<TreeKey> stalePages() {
        return Collections.unmodifiableList(tree.stale());
    }

    /**
     * Reads through {@code committed} what this block did not change, from now on: to be called
     * when the parent was committed, so that chains of states stay short.
     *
     * @param committed the parent's state, or a later one of the same chain
     */
    public void rebase(StateReader committed) {
        parent = committed;
    }
}
