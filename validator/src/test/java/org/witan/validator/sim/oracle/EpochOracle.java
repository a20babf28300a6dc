package org.witan.validator.sim.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Vote;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;

/** The epochs that the network agreed on, and who may sign in which: P10 and P18. */
public final class EpochOracle {
    private final NetworkId networkId;
    private final Members members;
    private final TreeMap<Long, Epoch> epochs = new TreeMap<>();

    /** The epoch that a node's disk has entered. */
    private final Map<NodeId, Long> entered = new HashMap<>();

    /** The greatest epoch that a node ever signed in; a crash takes no signature back. */
    private final Map<NodeId, Long> signed = new HashMap<>();

    EpochOracle(Founding founding, Members members) {
        networkId = founding.networkId();
        this.members = members;
        epochs.put(1L, founding.firstEpoch());
    }

    /** The newest epoch that the network agreed on. */
    public Epoch last() {
        return epochs.lastEntry().getValue();
    }

    /** An epoch that the network agreed on. */
    public Optional<Epoch> find(long number) {
        return Optional.ofNullable(epochs.get(number));
    }

    /** A node starts with a disk that has this tip. */
    void restarted(NodeId node, BlockHeader tip) {
        entered.put(node, tip.epoch() + (tip.isBoundary() ? 1 : 0));
    }

    /** A node's disk enters an epoch. */
    void started(NodeId node, EpochLink link) {
        long number = link.number();
        long before = entered.getOrDefault(node, 1L);
        Promise.P18.holds(
                number == before + 1, "%s enters epoch %d after %d", node, number, before);
        Hash own = link.configuration().hash();
        Promise.P18.holds(
                find(number).filter(epoch -> epoch.configHash().equals(own)).isPresent(),
                "%s enters epoch %d before it is agreed on, or with another set",
                node,
                number);
        entered.put(node, number);
    }

    /** A node votes: in the one epoch that its disk has entered, from its place in that set. */
    void signed(NodeId node, Vote vote) {
        Ballot ballot = vote.ballot();
        long own = entered.getOrDefault(node, 1L);
        Promise.P18.holds(
                ballot.epoch() == own,
                "%s signs in epoch %d, its disk has entered %d",
                node,
                ballot.epoch(),
                own);
        long before = signed.getOrDefault(node, 0L);
        Promise.P18.holds(
                ballot.epoch() >= before,
                "%s signs in epoch %d after %d",
                node,
                ballot.epoch(),
                before);
        signed.put(node, ballot.epoch());
        known(ballot);
        Optional<Members.Voter> voter = members.at(ballot.epoch(), vote.signer());
        Promise.P18.holds(
                voter.filter(v -> v.id().equals(node)).isPresent(),
                "%s votes at the place of another: %s",
                node,
                vote);
        Promise.P18.holds(
                vote.isSignedBy(voter.orElseThrow().key(), networkId, CheapKeys.OR_TRUE),
                "%s does not sign with its key of epoch %d",
                node,
                ballot.epoch());
    }

    /** A ballot is cast under the set of an epoch that has begun. */
    void known(Ballot ballot) {
        Epoch epoch = epochs.get(ballot.epoch());
        Promise.P18.holds(
                epoch != null && ballot.configHash().equals(epoch.configHash()),
                "no such epoch, or another set: %s",
                ballot);
    }

    /** The next block of the one chain: an epoch goes on until a boundary ends it. */
    void agreed(BlockHeader parent, BlockHeader header, Configuration next) {
        long number = parent.epoch() + (parent.isBoundary() ? 1 : 0);
        Promise.P10.holds(
                header.epoch() == number,
                "height %d is in epoch %d, not %d",
                header.height(),
                header.epoch(),
                number);
        Promise.P10.holds(
                find(number)
                        .filter(epoch -> epoch.configHash().equals(header.configHash()))
                        .isPresent(),
                "height %d names another set than that of epoch %d",
                header.height(),
                number);
        Promise.P9.holds(
                next.hash().equals(header.nextConfigHash()),
                "height %d gives another set than its header says",
                header.height());
        if (header.isBoundary()) {
            epochs.put(number + 1, Epoch.of(number + 1, next));
            members.began(number + 1, next);
        }
    }
}
