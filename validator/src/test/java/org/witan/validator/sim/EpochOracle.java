package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.store.StoreWrite;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;
import org.witan.validator.consensus.CheapKeys;

/** Holds the promises about epochs (C18): who may sign in which, and what ends one. */
final class EpochOracle {
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
        assertThat(signers).as("P6: signers").doesNotHaveDuplicates().hasSize(quorum(set.size()));
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
