package org.witan.validator.sim.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Receipt;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.StoreWrite;
import org.witan.chain.store.Tip;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/** The one ledger that all nodes' ledgers are prefixes of: P1, P5, P8, P9 and P11. */
final class Ledgers {
    private final BlockHeader genesis;
    private final VoteBook book;
    private final EpochOracle epochs;
    private final List<Block> agreed = new ArrayList<>();
    private final List<List<Receipt>> receipts = new ArrayList<>();
    private final HandLedger byHand = new HandLedger();
    private final Map<NodeId, Long> heights = new HashMap<>();
    private final Map<NodeId, VoteBook.View> views = new HashMap<>();
    private final Set<Hash> submitted = new HashSet<>();
    private final Map<Hash, Long> committed = new HashMap<>();
    private final Set<Hash> acknowledged = new HashSet<>();

    Ledgers(Founding founding, VoteBook book, EpochOracle epochs) {
        genesis = GenesisState.genesisBlock(founding).header();
        this.book = book;
        this.epochs = epochs;
    }

    /** A client hands a transaction in; it may be the second time. */
    void submitted(Transaction transaction) {
        submitted.add(transaction.id());
    }

    /** A client was told that its transaction is final. */
    void acknowledged(Hash id) {
        Promise.P8.holds(committed.containsKey(id), "acknowledged and not committed: %s", id);
        acknowledged.add(id);
    }

    /** A node starts with this disk: what it had not synced may be gone, or be there. */
    void restarted(NodeId node, Tip tip) {
        Promise.P1.holds(
                tip.height() == 0
                        || tip.height() <= agreed.size()
                                && tip.hash().equals(agreed.get((int) tip.height() - 1).hash()),
                "%s starts with another block at height %d",
                node,
                tip.height());
        heights.put(node, tip.height());
        VoteBook.View view =
                tip.finalization()
                        .map(f -> VoteBook.View.of(f.ballot()))
                        .orElse(new VoteBook.View(0, 0));
        views.put(node, view);
        book.durable(node, view);
    }

    /** A node's disk has a block. */
    void committed(NodeId node, StoreWrite.Commit commit) {
        Block block = commit.block();
        long before = heights.getOrDefault(node, 0L);
        Promise.P11.holds(
                block.height() == before + 1,
                "%s commits height %d after %d",
                node,
                block.height(),
                before);
        heights.put(node, block.height());
        Promise.P9.holds(
                commit.after().root().equals(block.header().stateRoot()),
                "%s has another state at height %d than its header says",
                node,
                block.height());
        int index = (int) block.height() - 1;
        if (index == agreed.size()) {
            agree(block, commit);
        }
        Promise.P1.holds(
                block.hash().equals(agreed.get(index).hash()),
                "%s commits another block at height %d",
                node,
                block.height());
        Promise.P9.holds(
                commit.receipts().equals(receipts.get(index)),
                "%s has other receipts at height %d",
                node,
                block.height());
        commit.finalization().ifPresent(f -> finalized(node, VoteBook.View.of(f.ballot())));
    }

    private void finalized(NodeId node, VoteBook.View view) {
        VoteBook.View before = views.getOrDefault(node, new VoteBook.View(0, 0));
        Promise.P11.holds(
                view.compareTo(before) > 0, "%s goes from %s back to %s", node, before, view);
        views.put(node, view);
        book.durable(node, view);
    }

    private void agree(Block block, StoreWrite.Commit commit) {
        BlockHeader header = block.header();
        BlockHeader parent = agreed.isEmpty() ? genesis : agreed.getLast().header();
        Promise.P1.holds(
                header.parentHash().equals(parent.hash()),
                "height %d has another parent",
                block.height());
        epochs.agreed(parent, header, commit.after().configuration());
        long parentView = header.epoch() == parent.epoch() ? parent.view() : 0;
        book.skipped(header.epoch(), parentView, header.view());
        agreed.add(block);
        receipts.add(commit.receipts());
        for (Transaction transaction : block.body().transactions()) {
            Promise.P8.holds(
                    submitted.contains(transaction.id()), "never submitted: %s", transaction);
            Promise.P8.holds(
                    committed.put(transaction.id(), block.height()) == null,
                    "twice: %s",
                    transaction);
        }
        byHand.apply(block, commit.receipts(), commit.after());
    }

    /** The greatest height that any node committed. */
    long height() {
        return agreed.size();
    }

    /** How many were let in by invitations. */
    int guests() {
        return byHand.guests();
    }

    /** How many transactions were committed. */
    int transactions() {
        return committed.size();
    }

    /** Reads disks from end to end, as far as each of them goes. */
    void read(List<? extends LedgerReader> disks) {
        long highest = 0;
        for (LedgerReader ledger : disks) {
            Disk disk = new Disk(ledger);
            acknowledged.forEach(id -> disk.holds(id, Objects.requireNonNull(committed.get(id))));
            disk.isWhole();
            if (disk.height() == height()) {
                byHand.compare(ledger);
            }
            highest = Math.max(highest, disk.height());
        }
        long last = acknowledged.stream().mapToLong(committed::get).max().orElse(0);
        Promise.P8.holds(last <= highest, "no disk has height %d, which was acknowledged", last);
    }
}
