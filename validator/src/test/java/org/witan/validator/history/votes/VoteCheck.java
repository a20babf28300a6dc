package org.witan.validator.history.votes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.genesis.crypto.Ed25519;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * Votes over all lives of all nodes: none contradicts another, and every certificate is made of
 * votes that its signers admit.
 */
public final class VoteCheck {
    private final List<String> broken = new ArrayList<>();
    private final Map<Slot, String> votes = new HashMap<>();
    private final Set<CastVote> cast = new HashSet<>();

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
     */
    public static List<String> problems(
            List<CastVote> all, List<Certificate> certificates, Epoch epoch, NetworkId network) {
        VoteCheck check = new VoteCheck(all);
        for (Certificate certificate : certificates) {
            check.certificate(certificate, epoch, network);
        }
        return check.broken;
    }

    private VoteCheck(List<CastVote> all) {
        for (CastVote vote : all) {
            cast.add(vote);
            one(vote);
            switch (vote.kind()) {
                case "NULLIFY" -> never(vote, "FINALIZE");
                case "FINALIZE" -> {
                    never(vote, "NULLIFY");
                    sameBlock(vote, "NOTARIZE");
                }
                default -> sameBlock(vote, "FINALIZE");
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

    private void sameBlock(CastVote vote, String kind) {
        String other = votes.get(new Slot(vote.node(), kind, vote.epoch(), vote.view()));
        if (other != null && !other.equals(vote.block())) {
            broken.add("finalized another block than notarized: " + vote);
        }
    }

    private void certificate(Certificate certificate, Epoch epoch, NetworkId network) {
        Ballot ballot = certificate.ballot();
        String name = "certificate of view " + ballot.view() + ": ";
        certificate
                .problem(epoch, network, Ed25519.VERIFIER)
                .ifPresent(problem -> broken.add(name + problem));
        for (int signer : certificate.signers()) {
            if (signer >= epoch.configuration().validators().size()) {
                continue;
            }
            String node = epoch.configuration().validators().get(signer).id().value();
            CastVote vote =
                    new CastVote(
                            node,
                            ballot.kind().name(),
                            ballot.epoch(),
                            ballot.view(),
                            ballot.blockHash().hex());
            if (!cast.contains(vote)) {
                broken.add(name + node + " signed it and logged no such vote");
            }
        }
    }
}
