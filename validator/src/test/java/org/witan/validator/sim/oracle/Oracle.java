package org.witan.validator.sim.oracle;

import java.util.List;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.store.LedgerReader;
import org.witan.chain.store.Store;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeView;
import org.witan.validator.pool.PoolLimits;

/**
 * Holds every {@link Promise} against everything that nodes write and send.
 *
 * <p>It lives outside the nodes, forgets nothing when they crash, and counts for itself.
 */
public final class Oracle {
    /** Unfinal views of which a node keeps votes, certificates and bodies (C13), and some slack. */
    private static final int MOST_VIEWS = 256 + 16;

    private final Members members;
    private final EpochOracle epochs;
    private final VoteBook book;
    private final Ledgers ledgers;

    public Oracle(Founding founding) {
        members = new Members(founding);
        epochs = new EpochOracle(founding, members);
        book = new VoteBook(founding, members);
        ledgers = new Ledgers(founding, book, epochs);
    }

    /** A client hands a transaction in. */
    public void submitted(Transaction transaction) {
        ledgers.submitted(transaction);
    }

    /** A client was told that its transaction is final. */
    public void acknowledged(Hash id) {
        ledgers.acknowledged(id);
    }

    /** A node's disk has taken this write. */
    public void wrote(NodeId node, StoreWrite write) {
        switch (write) {
            case StoreWrite.OwnVote(var vote) -> {
                epochs.signed(node, vote);
                book.wrote(node, vote);
            }
            case StoreWrite.Certified(var certificate) -> {
                epochs.known(certificate.ballot());
                book.certified(node, certificate);
            }
            case StoreWrite.Commit commit -> {
                commit.finalization().ifPresent(this::certified);
                ledgers.committed(node, commit);
            }
            case StoreWrite.EpochStarted(var link) -> epochs.started(node, link);
            case StoreWrite.Body _, StoreWrite.Accused _ -> {}
        }
    }

    private void certified(Certificate certificate) {
        epochs.known(certificate.ballot());
        book.certified(certificate);
    }

    /** A vote of a node's own left it: it must have been written before, see {@link #wrote}. */
    public void sent(NodeId node, Vote vote) {
        book.sent(node, vote);
    }

    /** A test makes up a vote in the name of a member. */
    public void lied(NodeId member, Vote vote) {
        book.lied(member, vote);
    }

    /**
     * A node starts again with this disk: what it had not synced may be gone, and what was being
     * written when the power went may be there.
     */
    public void restarted(NodeId node, Store disk) {
        disk.recovered().ownVotes().forEach(vote -> book.wrote(node, vote));
        disk.recovered().certificates().forEach(c -> epochs.known(c.ballot()));
        book.restarted(node, disk.recovered().certificates());
        disk.tip().finalization().ifPresent(this::certified);
        ledgers.restarted(node, disk.tip());
        epochs.restarted(node, disk.tip().header());
    }

    /** Looks at how much a node keeps. */
    public void watch(Node core, int unfinal, PoolLimits limits) {
        NodeView view = core.view();
        Promise.P15.holds(
                view.poolTransactions() <= limits.transactions()
                        && view.poolBytes() <= limits.bytes(),
                "%d transactions, %d bytes in a pool",
                view.poolTransactions(),
                view.poolBytes());
        Promise.P15.holds(unfinal <= MOST_VIEWS * 6, "%d unfinal records on disk", unfinal);
    }

    /** Somebody with nothing but the founding document checks a node's ledger. */
    public static void visit(Founding founding, LedgerReader ledger) {
        new LightClient(founding).visit(ledger);
    }

    /** The epochs that the network agreed on. */
    public EpochOracle epochs() {
        return epochs;
    }

    /** How many must sign in an epoch, as the oracle counts it. */
    public int quorum(long epoch) {
        return members.quorum(epoch);
    }

    /** Whether any node signed for this block. */
    public boolean isVotedFor(Hash block) {
        return book.isVotedFor(block);
    }

    /** The greatest height that any node committed. */
    public long height() {
        return ledgers.height();
    }

    /** How many were let in by invitations. */
    public int guests() {
        return ledgers.guests();
    }

    /** How many transactions were committed. */
    public int transactions() {
        return ledgers.transactions();
    }

    /**
     * Reads the disks of all nodes from end to end: what clients were promised is there, and no
     * value that none of them wrote.
     */
    public void read(List<? extends LedgerReader> disks) {
        ledgers.read(disks);
    }
}
