package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;

/**
 * Holds the promises P1 to P11 against everything that nodes write and send.
 *
 * <p>It lives outside the nodes, forgets nothing when they crash, and counts for itself.
 */
final class Oracle {
    final EpochOracle epochs;
    private final List<Block> agreed = new ArrayList<>();
    private final Map<NodeId, Long> heights = new HashMap<>();
    private final Map<View, Hash> notarized = new HashMap<>();
    private final Map<View, Hash> finalized = new HashMap<>();
    private final Set<View> nullified = new HashSet<>();
    private final Map<String, Hash> votes = new HashMap<>();
    private final BlockHeader genesis;
    private final Set<Hash> submitted = new HashSet<>();
    private final Set<Hash> committed = new HashSet<>();
    private final Set<Hash> acknowledged = new HashSet<>();

    private record View(long epoch, long number) {}

    Oracle(Founding founding) {
        epochs = new EpochOracle(founding);
        genesis = GenesisState.genesisBlock(founding).header();
    }

    /** A client hands a transaction in. */
    void submitted(Transaction transaction) {
        submitted.add(transaction.id());
    }

    /** A client was told that its transaction is final. */
    void acknowledged(Hash id) {
        assertThat(committed).as("P8: acknowledged only what is committed").contains(id);
        acknowledged.add(id);
    }

    /** A node made this write last. */
    void wrote(NodeId node, StoreWrite write) {
        switch (write) {
            case StoreWrite.OwnVote(var vote) -> {
                epochs.signed(node, vote);
                signed(node, vote);
            }
            case StoreWrite.EpochStarted started -> epochs.started(node, started);
            case StoreWrite.Certified(var certificate) -> certified(certificate);
            case StoreWrite.Commit commit -> {
                committed(node, commit);
                commit.finalization().ifPresent(this::certified);
                assertThat(commit.after().root())
                        .as("P9: state of height %d", commit.block().height())
                        .isEqualTo(commit.block().header().stateRoot());
            }
            default -> {}
        }
    }

    /** A vote left a node: it must have been written before, see {@link #wrote}. */
    void sent(NodeId node, Vote vote) {
        assertThat(votes)
                .as("P7: %s sends a vote of its own that it has not written", node)
                .containsEntry(slot(node, vote.ballot().kind(), vote), vote.ballot().blockHash());
    }

    /** A node starts again: heights that it had not synced may be gone. */
    void restarted(NodeId node, BlockHeader tip) {
        heights.put(node, tip.height());
        epochs.restarted(node, tip.epoch() + (tip.isBoundary() ? 1 : 0));
    }

    /** Whether any node signed for this block. */
    boolean isVotedFor(Hash block) {
        return votes.containsValue(block);
    }

    /** The greatest height that any node committed. */
    long height() {
        return agreed.size();
    }

    /** How many transactions were committed. */
    int transactions() {
        return committed.size();
    }

    /** Everything that clients were promised is in the one ledger. */
    void acknowledgedIsCommitted() {
        assertThat(committed).as("P8: no acknowledged write is lost").containsAll(acknowledged);
    }

    private void signed(NodeId node, Vote vote) {
        Hash hash = vote.ballot().blockHash();
        Hash before = votes.putIfAbsent(slot(node, vote.ballot().kind(), vote), hash);
        assertThat(before == null || before.equals(hash))
                .as("P7: %s votes twice: %s", node, vote.ballot())
                .isTrue();
        boolean finalizes = votes.containsKey(slot(node, VoteKind.FINALIZE, vote));
        boolean nullifies = votes.containsKey(slot(node, VoteKind.NULLIFY, vote));
        assertThat(finalizes && nullifies)
                .as("P7: %s finalizes and nullifies view %d", node, vote.ballot().view())
                .isFalse();
    }

    private static String slot(NodeId node, VoteKind kind, Vote vote) {
        return node + " " + kind + " " + vote.ballot().epoch() + " " + vote.ballot().view();
    }

    private void certified(Certificate certificate) {
        epochs.certified(certificate);
        View view = new View(certificate.ballot().epoch(), certificate.ballot().view());
        Hash hash = certificate.ballot().blockHash();
        switch (certificate.ballot().kind()) {
            case NOTARIZE -> {
                Hash other = notarized.putIfAbsent(view, hash);
                assertThat(other == null || other.equals(hash))
                        .as("P2: two notarizations in %s", view)
                        .isTrue();
            }
            case FINALIZE -> {
                Hash other = finalized.putIfAbsent(view, hash);
                assertThat(other == null || other.equals(hash))
                        .as("P1: two finalizations in %s", view)
                        .isTrue();
            }
            case NULLIFY -> nullified.add(view);
        }
        assertThat(finalized.containsKey(view) && nullified.contains(view))
                .as("P3: %s is finalized and nullified", view)
                .isFalse();
    }

    private void committed(NodeId node, StoreWrite.Commit commit) {
        Block block = commit.block();
        long before = heights.getOrDefault(node, 0L);
        assertThat(block.height()).as("P11: %s commits in order", node).isEqualTo(before + 1);
        heights.put(node, block.height());
        int index = (int) block.height() - 1;
        if (index < agreed.size()) {
            assertThat(block.hash())
                    .as("P1: %s commits another block at height %d", node, block.height())
                    .isEqualTo(agreed.get(index).hash());
            return;
        }
        BlockHeader parent = index > 0 ? agreed.get(index - 1).header() : genesis;
        assertThat(block.header().parentHash()).as("P1: parent").isEqualTo(parent.hash());
        epochs.agreed(parent, commit);
        long epoch = block.header().epoch();
        for (long w = parent.epoch() == epoch ? parent.view() + 1 : 1;
                w < block.header().view();
                w++) {
            assertThat(finalized).as("P5: skipped view").doesNotContainKey(new View(epoch, w));
        }
        agreed.add(block);
        for (Transaction transaction : block.body().transactions()) {
            assertThat(submitted).as("P8: committed was submitted").contains(transaction.id());
            assertThat(committed.add(transaction.id())).as("P8: committed once").isTrue();
        }
    }
}
