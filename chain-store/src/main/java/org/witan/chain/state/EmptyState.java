package org.witan.chain.state;

import java.util.Optional;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;

/** The state before the genesis: height -1, no values. */
enum EmptyState implements StateReader {
    BEFORE_GENESIS;

    @Override
    public Optional<byte[]> value(StatePath path) {
        return Optional.empty();
    }

    @Override
    public Optional<TreePage> page(TreeKey key) {
        return Optional.empty();
    }

    @Override
    public long height() {
        return -1;
    }

    @Override
    public TreeRoot treeRoot() {
        return TreeRoot.EMPTY;
    }
}
