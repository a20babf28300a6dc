package org.witan.validator.sim.oracle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Purpose;
import org.witan.genesis.membership.Founding;
import org.witan.genesis.membership.NodeId;
import org.witan.validator.consensus.CheapKeys;

/**
 * Every signature of every member, over all its lives and hosts, and every certificate: P2 to P7.
 *
 * <p>It takes nobody's word: a certificate holds if the book has a vote for each of its signers.
 */
final class VoteBook {
    private final Founding founding;
    private final Members members;
    private final Map<Slot, Set<Hash>> votes = new HashMap<>();
    private final Set<Hash> votedFor = new HashSet<>();
    private final Map<View, Hash> notarized = new HashMap<>();
    private final Map<View, Hash> finalized = new HashMap<>();
    private final Set<View> nullified = new HashSet<>();
    private final Set<NodeId> liars = new HashSet<>();
    private final Map<NodeId, View> durable = new HashMap<>();

    /** Views of which a node's disk has a certificate, in its present life. */
    private final Map<NodeId, Set<View>> held = new HashMap<>();

    /** An attempt; ascending by epoch, then by number. */
    record View(long epoch, long number) implements Comparable<View> {
        static View of(Ballot ballot) {
            return new View(ballot.epoch(), ballot.view());
        }

        @Override
        public int compareTo(View other) {
            return epoch != other.epoch
                    ? Long.compare(epoch, other.epoch)
                    : Long.compare(number, other.number);
        }
    }

    private record Slot(View view, VoteKind kind, int signer) {
        static Slot of(Vote vote, VoteKind kind) {
            return new Slot(View.of(vote.ballot()), kind, vote.signer());
        }
    }

    VoteBook(Founding founding, Members members) {
        this.founding = founding;
        this.members = members;
    }

    /** A vote that a test made up in the name of a member: that member counts as a liar. */
    void lied(NodeId member, Vote vote) {
        liars.add(member);
        enter(vote);
    }

    /** A node has a vote of its own on its disk: all that C5 forbids is looked for. */
    void wrote(NodeId node, Vote vote) {
        votedFor.add(vote.ballot().blockHash());
        boolean isNew = enter(vote);
        if (liars.contains(node)) {
            return;
        }
        contradictsNone(node, vote);
        if (isNew) {
            isInItsTime(node, vote.ballot(), !hashes(vote, VoteKind.NULLIFY).isEmpty());
        }
    }

    private void contradictsNone(NodeId node, Vote vote) {
        Promise.P7.holds(
                hashes(vote, vote.ballot().kind()).size() == 1,
                "%s votes twice: %s",
                node,
                vote.ballot());
        Promise.P7.holds(
                hashes(vote, VoteKind.NULLIFY).isEmpty()
                        || hashes(vote, VoteKind.FINALIZE).isEmpty(),
                "%s finalizes and nullifies view %d",
                node,
                vote.ballot().view());
    }

    /** What a new vote must not follow, and what it must. */
    private void isInItsTime(NodeId node, Ballot ballot, boolean isNullified) {
        View view = View.of(ballot);
        View limit = durable.getOrDefault(node, new View(0, 0));
        Promise.P7.holds(
                view.compareTo(limit) > 0,
                "%s votes in %s, final on its disk up to %s",
                node,
                ballot,
                limit);
        switch (ballot.kind()) {
            case NOTARIZE ->
                    Promise.P7.holds(
                            !isNullified, "%s notarizes %s, which it had nullified", node, view);
            case NULLIFY ->
                    Promise.P7.holds(
                            !held.getOrDefault(node, Set.of()).contains(view),
                            "%s nullifies %s, of which it has a certificate",
                            node,
                            view);
            case FINALIZE ->
                    Promise.P7.holds(
                            isCarried(view, ballot.blockHash()),
                            "%s finalizes a block in %s that no quorum notarized",
                            node,
                            view);
        }
    }

    /** A vote left a node: if it is its own, it must be on its disk. */
    void sent(NodeId node, Vote vote) {
        boolean isOwn =
                members.at(vote.ballot().epoch(), vote.signer())
                        .filter(voter -> voter.id().equals(node))
                        .isPresent();
        Promise.P7.holds(
                !isOwn
                        || liars.contains(node)
                        || hashes(vote, vote.ballot().kind()).contains(vote.ballot().blockHash()),
                "%s sends a vote of its own that it has not written: %s",
                node,
                vote.ballot());
    }

    /** What is final on a node's disk, after a commit or when it starts. */
    void durable(NodeId node, View view) {
        durable.put(node, view);
    }

    /** A node starts with a disk that has these certificates. */
    void restarted(NodeId node, List<Certificate> certificates) {
        held.put(node, new HashSet<>());
        certificates.forEach(certificate -> certified(node, certificate));
    }

    /** A node believes a certificate, and its disk has it. */
    void certified(NodeId node, Certificate certificate) {
        certified(certificate);
        held.computeIfAbsent(node, n -> new HashSet<>()).add(View.of(certificate.ballot()));
    }

    /** A node believes a certificate. */
    void certified(Certificate certificate) {
        checkSigners(certificate);
        View view = View.of(certificate.ballot());
        Hash hash = certificate.ballot().blockHash();
        switch (certificate.ballot().kind()) {
            case NOTARIZE ->
                    Promise.P2.holds(
                            hash.equals(notarized.computeIfAbsent(view, v -> hash)),
                            "two notarizations in %s",
                            view);
            case FINALIZE -> {
                boolean wasNotarized = hash.equals(notarized.getOrDefault(view, Hash.NONE));
                Promise.P1.holds(
                        hash.equals(finalized.computeIfAbsent(view, v -> hash)),
                        "two finalizations in %s",
                        view);
                Promise.P4.holds(
                        wasNotarized || isCarried(view, hash),
                        "finalized in %s and not notarized",
                        view);
            }
            case NULLIFY -> nullified.add(view);
        }
        Promise.P3.holds(
                !finalized.containsKey(view) || !nullified.contains(view),
                "%s is finalized and nullified",
                view);
    }

    /** A chain goes from one view to another: all between must be given up, and none final. */
    void skipped(long epoch, long after, long before) {
        for (long number = after + 1; number < before; number++) {
            View view = new View(epoch, number);
            Promise.P5.holds(!finalized.containsKey(view), "final %s is skipped", view);
            Promise.P5.holds(
                    nullified.contains(view) || isCarried(view, Hash.NONE),
                    "%s is skipped and not nullified",
                    view);
        }
    }

    /** Whether any node signed for this block. */
    boolean isVotedFor(Hash block) {
        return votedFor.contains(block);
    }

    private boolean enter(Vote vote) {
        return votes.computeIfAbsent(Slot.of(vote, vote.ballot().kind()), s -> new HashSet<>(2))
                .add(vote.ballot().blockHash());
    }

    private Set<Hash> hashes(Vote vote, VoteKind kind) {
        return votes.getOrDefault(Slot.of(vote, kind), Set.of());
    }

    /** Whether a quorum signed for it, certificate or not. */
    private boolean isCarried(View view, Hash hash) {
        VoteKind kind = hash.equals(Hash.NONE) ? VoteKind.NULLIFY : VoteKind.NOTARIZE;
        int count = 0;
        for (int signer = 0; signer < members.of(view.epoch).size(); signer++) {
            boolean signed =
                    votes.getOrDefault(new Slot(view, kind, signer), Set.of()).contains(hash);
            count += signed ? 1 : 0;
        }
        return count >= members.quorum(view.epoch);
    }

    private void checkSigners(Certificate certificate) {
        Ballot ballot = certificate.ballot();
        List<Members.Voter> voters = members.of(ballot.epoch());
        Set<Integer> signers = new HashSet<>(certificate.signers());
        Promise.P6.holds(
                signers.size() == members.quorum(ballot.epoch())
                        && certificate.signatures().size() == signers.size(),
                "%d signers of %d in %s",
                signers.size(),
                voters.size(),
                ballot);
        byte[] content = ballot.signedContent(founding.networkId());
        for (int i = 0; i < certificate.signers().size(); i++) {
            int signer = certificate.signers().get(i);
            Promise.P6.holds(signer < voters.size(), "signer %d of %s", signer, ballot);
            var signature = certificate.signatures().get(i);
            Promise.P6.holds(
                    CheapKeys.OR_TRUE.verify(
                            voters.get(signer).key(), Purpose.VOTE, content, signature),
                    "signature of %s on %s",
                    voters.get(signer).id(),
                    ballot);
            Promise.P6.holds(
                    votes.getOrDefault(new Slot(View.of(ballot), ballot.kind(), signer), Set.of())
                            .contains(ballot.blockHash()),
                    "%s never signed %s",
                    voters.get(signer).id(),
                    ballot);
        }
    }
}
