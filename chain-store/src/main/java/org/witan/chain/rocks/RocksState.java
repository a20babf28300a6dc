package org.witan.chain.rocks;

import java.util.Optional;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;
import org.witan.chain.merkle.TreeRoot;
import org.witan.chain.rocks.column.Column;
import org.witan.chain.state.StatePath;
import org.witan.chain.state.StateReader;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;

/**
 * The state after one committed height. For any thread.
 *
 * <p>The column {@code state} holds the newest values only. As long as no later block is being
 * written they are the ones of the tip; otherwise the least replacement above this height tells the
 * value. The newest value must be read before the replacements: a block writes both at once.
 */
final class RocksState implements StateReader {
    private final Columns columns;
    private final PageCache pages;
    private final RocksLedger ledger;
    private final long height;
    private final TreeRoot root;

    RocksState(Columns columns, PageCache pages, RocksLedger ledger, long height, TreeRoot root) {
        this.columns = columns;
        this.pages = pages;
        this.ledger = ledger;
        this.height = height;
        this.root = root;
    }

    @Override
    public Optional<byte[]> value(StatePath path) {
        Optional<byte[]> newest = columns.state.get(path);
        if (ledger.writing() == height) {
            return newest;
        }
        Replaced.Key next = new Replaced.Key(path.hash(), height + 1);
        Optional<byte[]> value =
                columns.stateBefore
                        .ceiling(next)
                        .filter(item -> item.key().pathHash().equals(next.pathHash()))
                        .map(Column.Item::value)
                        .orElse(newest);
        if (height < ledger.oldestState()) {
            throw pruned();
        }
        return value;
    }

    @Override
    public Optional<TreePage> page(TreeKey key) {
        TreePage known = pages.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<TreePage> read = columns.tree.get(key);
        read.ifPresent(page -> pages.put(key, page));
        if (read.isEmpty() && height < ledger.oldestState()) {
            throw pruned();
        }
        return read;
    }

    private OperatorError pruned() {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "STATE_PRUNED",
                "the state of height " + height + " is not kept any more",
                "the oldest one that is kept is that of height " + ledger.oldestState(),
                "ask for a later height, or ask a node that keeps more states");
    }

    @Override
    public long height() {
        return height;
    }

    @Override
    public TreeRoot treeRoot() {
        return root;
    }
}
