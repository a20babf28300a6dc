package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.consensus.CheapKeys;

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

    /** Holds the promises about epochs (C18): who may sign in which, and what ends one. */
    static final class EpochOracle {
        private final NetworkId networkId;
        private final TreeMap<Long, Epoch> epochs = new TreeMap<>();

        /** The epoch that a node's disk has entered. */
        private final Map<NodeId, Long> entered = new HashMap<>();

        /** The greatest epoch that a node ever signed in; a crash takes no signature back. */
        private final Map<NodeId, Long> signed = new HashMap<>();

        EpochOracle(Founding founding) {
            networkId = founding.networkId();
            epochs.put(1L, founding.firstEpoch());
        }

        /** The newest epoch that the network agreed on. */
        Epoch last() {
            return epochs.lastEntry().getValue();
        }

        /** An epoch that the network agreed on. */
        Optional<Epoch> find(long number) {
            return Optional.ofNullable(epochs.get(number));
        }

        /** A node starts with a disk that has entered this epoch. */
        void restarted(NodeId node, long epoch) {
            entered.put(node, epoch);
        }

        /** A node's disk enters an epoch. */
        void started(NodeId node, StoreWrite.EpochStarted write) {
            long number = write.link().number();
            assertThat(number)
                    .as("P15: %s enters its epochs in order", node)
                    .isEqualTo(entered.getOrDefault(node, 1L) + 1);
            assertThat(epochs)
                    .as("P15: %s enters an epoch whose boundary is not final", node)
                    .containsKey(number);
            entered.put(node, number);
        }

        /** A node votes: in the one epoch that its disk has entered, from its place in that set. */
        void signed(NodeId node, Vote vote) {
            Ballot ballot = vote.ballot();
            assertThat(ballot.epoch())
                    .as("P15: %s signs in the epoch that its disk has entered", node)
                    .isEqualTo(entered.getOrDefault(node, 1L));
            assertThat(ballot.epoch())
                    .as("P15: %s signs in one epoch at a time", node)
                    .isGreaterThanOrEqualTo(signed.getOrDefault(node, 0L));
            signed.put(node, ballot.epoch());
            Epoch epoch = epoch(ballot);
            List<Validator> set = epoch.configuration().validators();
            assertThat(vote.signer()).as("P15: %s has a place", node).isBetween(0, set.size() - 1);
            Validator voter = set.get(vote.signer());
            assertThat(voter.id()).as("P15: %s votes from its own place", node).isEqualTo(node);
            assertThat(vote.isSignedBy(voter.key(), networkId, CheapKeys.VERIFIER))
                    .as("P15: %s signs with the key of epoch %d", node, epoch.number())
                    .isTrue();
        }

        /** A certificate has a quorum of its own epoch's set. */
        void certified(Certificate certificate) {
            Epoch epoch = epoch(certificate.ballot());
            List<Validator> set = epoch.configuration().validators();
            List<Integer> signers = certificate.signers();
            int needed = quorum(set.size());
            assertThat(signers).as("P6: signers").doesNotHaveDuplicates().hasSize(needed);
            assertThat(signers).as("P6: members").allMatch(s -> s >= 0 && s < set.size());
            byte[] content = certificate.ballot().signedContent(networkId);
            for (int i = 0; i < signers.size(); i++) {
                Signature signature = certificate.signatures().get(i);
                Validator voter = set.get(signers.get(i));
                assertThat(
                                CheapKeys.VERIFIER.verify(
                                        voter.key(),
                                        org.witan.genesis.crypto.Purpose.VOTE,
                                        content,
                                        signature))
                        .as("P6: signature of %s in epoch %d", voter.id(), epoch.number())
                        .isTrue();
            }
        }

        /** The next block of the one chain: an epoch goes on until a boundary ends it. */
        void agreed(BlockHeader parent, StoreWrite.Commit commit) {
            BlockHeader header = commit.block().header();
            long number = parent.epoch() + (parent.isBoundary() ? 1 : 0);
            assertThat(header.epoch()).as("P10: epoch of %s", commit.block()).isEqualTo(number);
            assertThat(header.configHash())
                    .as("P10: the set of epoch %d", number)
                    .isEqualTo(find(number).orElseThrow().configHash());
            Configuration next = commit.after().configuration();
            assertThat(next.hash()).as("P9: next set").isEqualTo(header.nextConfigHash());
            if (header.isBoundary()) {
                epochs.put(number + 1, Epoch.of(number + 1, next));
            }
        }

        private Epoch epoch(Ballot ballot) {
            assertThat(epochs).as("P15: no such epoch yet").containsKey(ballot.epoch());
            Epoch epoch = find(ballot.epoch()).orElseThrow();
            assertThat(ballot.configHash())
                    .as("P15: the set that epoch %d votes under", ballot.epoch())
                    .isEqualTo(epoch.configHash());
            return epoch;
        }

        /** Counted here on purpose: two quorums of n must share more than the (n-1)/3 liars. */
        private static int quorum(int nodes) {
            int least = 1;
            while (2 * least - nodes <= (nodes - 1) / 3) {
                least++;
            }
            return least;
        }
    }
}
