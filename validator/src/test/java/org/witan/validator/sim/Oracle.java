package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.witan.chain.block.Block;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;

/**
 * Holds the promises P1 to P11 against everything that nodes write and send.
 *
 * <p>It lives outside the nodes, forgets nothing when they crash, and counts for itself.
 */
final class Oracle {
    private final int nodes;
    private final int quorum;
    private final List<Block> agreed = new ArrayList<>();
    private final Map<NodeId, Long> heights = new HashMap<>();
    private final Map<Long, Hash> notarized = new HashMap<>();
    private final Map<Long, Hash> finalized = new HashMap<>();
    private final Set<Long> nullified = new HashSet<>();
    private final Map<String, Hash> votes = new HashMap<>();
    private final Set<Hash> submitted = new HashSet<>();
    private final Set<Hash> committed = new HashSet<>();
    private final Set<Hash> acknowledged = new HashSet<>();

    Oracle(int nodes) {
        this.nodes = nodes;
        // Counted here on purpose: two quorums of n must share more than the (n-1)/3 liars.
        int least = 1;
        while (2 * least - nodes <= (nodes - 1) / 3) {
            least++;
        }
        quorum = least;
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
            case StoreWrite.OwnVote(var vote) -> signed(node, vote);
            case StoreWrite.Certified(var certificate) -> certified(certificate);
            case StoreWrite.Commit commit -> {
                commit.finalization().ifPresent(this::certified);
                committed(node, commit.block());
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
    void restarted(NodeId node, long height) {
        heights.put(node, height);
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
        assertThat(new HashSet<>(certificate.signers())).as("P6: distinct signers").hasSize(quorum);
        assertThat(certificate.signers()).as("P6: members").allMatch(s -> s >= 0 && s < nodes);
        long view = certificate.ballot().view();
        Hash hash = certificate.ballot().blockHash();
        switch (certificate.ballot().kind()) {
            case NOTARIZE -> {
                Hash other = notarized.putIfAbsent(view, hash);
                assertThat(other == null || other.equals(hash))
                        .as("P2: two notarizations in view %d", view)
                        .isTrue();
            }
            case FINALIZE -> {
                Hash other = finalized.putIfAbsent(view, hash);
                assertThat(other == null || other.equals(hash))
                        .as("P1: two finalizations in view %d", view)
                        .isTrue();
            }
            case NULLIFY -> nullified.add(view);
        }
        assertThat(finalized.containsKey(view) && nullified.contains(view))
                .as("P3: view %d is finalized and nullified", view)
                .isFalse();
    }

    private void committed(NodeId node, Block block) {
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
        if (index > 0) {
            Block parent = agreed.get(index - 1);
            assertThat(block.header().parentHash()).as("P1: parent").isEqualTo(parent.hash());
            for (long w = parent.header().view() + 1; w < block.header().view(); w++) {
                assertThat(finalized).as("P5: skipped view %d", w).doesNotContainKey(w);
            }
        }
        agreed.add(block);
        for (Transaction transaction : block.body().transactions()) {
            assertThat(submitted).as("P8: committed was submitted").contains(transaction.id());
            assertThat(committed.add(transaction.id())).as("P8: committed once").isTrue();
        }
    }
}
