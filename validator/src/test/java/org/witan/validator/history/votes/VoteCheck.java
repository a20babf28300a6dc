package org.witan.validator.history.votes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * Votes over all lives of all nodes: none contradicts another, be it logged or part of a
 * certificate, and signers have logged what certificates show.
 *
 * <p>One exception: a vote that was saved together with the finality that it completed, by a node
 * that was killed before its next line of log. Such a node can owe the lines of one view for each
 * life that ended so.
 */
public final class VoteCheck {
    private final List<String> broken = new ArrayList<>();
    private final Map<Slot, String> votes = new HashMap<>();

    /** Where a node has one vote of a kind. */
    private record Slot(String node, String kind, long epoch, long view) {}

    /** What is wrong with the votes alone; empty if nothing is. */
    public static List<String> problems(List<CastVote> all) {
        return new VoteCheck(all).broken;
    }

    /**
     * What is wrong with votes and certificates.
     *
     * @param epoch whose validators signed all of them
     * @param killed how often each node was killed
     */
    public static List<String> problems(
            List<CastVote> all,
            List<Certificate> certificates,
            Epoch epoch,
            NetworkId network,
            Map<String, Integer> killed) {
        Set<CastVote> logged = new HashSet<>(all);
        List<CastVote> shown = new ArrayList<>();
        List<String> invalid = new ArrayList<>();
        for (Certificate certificate : certificates) {
            String name = "certificate of view " + certificate.ballot().view() + ": ";
            Optional<String> problem = certificate.problem(epoch, network, Ed25519.VERIFIER);
            problem.ifPresentOrElse(
                    why -> invalid.add(name + why), () -> shown.addAll(votes(certificate, epoch)));
        }
        List<CastVote> together = new ArrayList<>(all);
        together.addAll(shown);
        VoteCheck check = new VoteCheck(together);
        check.broken.addAll(invalid);
        shown.removeIf(logged::contains);
        check.owed(shown, killed);
        return check.broken;
    }

    private VoteCheck(List<CastVote> all) {
        for (CastVote vote : all) {
            one(vote);
            switch (vote.kind()) {
                case "NULLIFY" -> never(vote, "FINALIZE");
                case "FINALIZE" -> never(vote, "NULLIFY");
                // To notarize one block and to finalize another one of the same view is lawful:
                // after two proposals the other one may be what a quorum notarized.
                default -> {}
            }
        }
    }

    private void one(CastVote vote) {
        Slot slot = new Slot(vote.node(), vote.kind(), vote.epoch(), vote.view());
        String other = votes.putIfAbsent(slot, vote.block());
        if (other != null && !other.equals(vote.block())) {
            broken.add("two votes for one slot: " + vote + " after one for " + other);
        }
    }

    private void never(CastVote vote, String kind) {
        if (votes.containsKey(new Slot(vote.node(), kind, vote.epoch(), vote.view()))) {
            broken.add("nullified and finalized: " + vote);
        }
    }

    private void owed(List<CastVote> unlogged, Map<String, Integer> killed) {
        Map<String, Set<Long>> views = new TreeMap<>();
        for (CastVote vote : unlogged) {
            views.computeIfAbsent(vote.node(), node -> new TreeSet<>()).add(vote.view());
        }
        views.forEach((node, owed) -> {
            if (owed.size() > killed.getOrDefault(node, 0)) {
                broken.add(node + " signed in views that it logged nothing of: " + owed);
            }
        });
    }

    private static List<CastVote> votes(Certificate certificate, Epoch epoch) {
        Ballot ballot = certificate.ballot();
        return certificate.signers().stream()
                .map(signer -> epoch.configuration().validators().get(signer).id().value())
                .map(node ->
                        new CastVote(
                                node,
                                ballot.kind().name(),
                                ballot.epoch(),
                                ballot.view(),
                                ballot.blockHash().hex()))
                .toList();
    }
}
