package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Evidence;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signer;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.Message;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** What stays of a member that contradicts itself (C15). */
class EvidenceTest {
    private static final int LIAR = 3;
    private static final Signer LIARS_KEY = CheapKeys.signer("key " + LIAR);
    private static final int MOST_IN_AN_EPOCH = 16;

    private final Cluster cluster = new Cluster(Settings.calm(4), 1);
    private final SimNode witness = cluster.nodes.getFirst();

    EvidenceTest() {
        cluster.nodes.subList(0, LIAR).forEach(cluster::start);
        cluster.run(2_000);
    }

    private Vote vote(VoteKind kind, long view, String block) {
        Epoch epoch = witness.store.epoch(1).orElseThrow().epoch();
        Hash hash = kind == VoteKind.NULLIFY ? Hash.NONE : Digest.tagged(block).done();
        Ballot ballot = new Ballot(kind, 1, epoch.configHash(), view, hash);
        return Vote.cast(ballot, LIAR, witness.store.tip().header().networkId(), LIARS_KEY);
    }

    private long view() {
        return witness.store.tip().header().view() + 2;
    }

    private void liarSays(Vote... votes) {
        var message = new Message.Consensus(new Votes(List.of(votes)));
        cluster.inject(cluster.nodes.get(LIAR), witness, message);
        cluster.run(500);
    }

    private List<Evidence> kept() {
        return witness.store.evidence(1000);
    }

    @Test
    void eachOffenceIsKeptWithItsProofAndSurvivesACrash() {
        long view = view();
        liarSays(
                vote(VoteKind.NOTARIZE, view, "one"),
                vote(VoteKind.NOTARIZE, view, "other"),
                vote(VoteKind.FINALIZE, view + 1, "one"),
                vote(VoteKind.FINALIZE, view + 1, "other"),
                vote(VoteKind.NULLIFY, view + 2, ""),
                vote(VoteKind.FINALIZE, view + 2, "one"));

        assertThat(kept())
                .extracting(evidence -> evidence.offence().orElseThrow())
                .containsExactly(Evidence.Offence.values());
        Epoch epoch = witness.store.epoch(1).orElseThrow().epoch();
        var network = witness.store.tip().header().networkId();
        assertThat(kept()).allMatch(e -> e.convicts(epoch, network, CheapKeys.VERIFIER));

        cluster.clientsUntil(cluster.nowMillis() + 1_000);
        cluster.run(2_000);
        cluster.kill(witness);
        cluster.start(witness);
        assertThat(kept()).hasSize(3);
    }

    @Test
    void whatIsNoOffenceIsNotKept() {
        long view = view();
        liarSays(
                vote(VoteKind.NOTARIZE, view, "one"),
                vote(VoteKind.NULLIFY, view, ""),
                vote(VoteKind.NOTARIZE, view + 1, "one"),
                vote(VoteKind.FINALIZE, view + 1, "other"));
        Ballot forged = vote(VoteKind.NOTARIZE, view, "forged").ballot();
        liarSays(Vote.cast(forged, LIAR, witness.store.tip().header().networkId(), stranger()));

        assertThat(kept()).isEmpty();
    }

    private static Signer stranger() {
        return CheapKeys.signer("nobody");
    }

    @Test
    void aFloodOfContradictionsIsBounded() {
        List<Evidence> before = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            for (long view = view(); view < view() + 4; view++) {
                liarSays(
                        vote(VoteKind.NOTARIZE, view, "one"),
                        vote(VoteKind.NOTARIZE, view, "other"),
                        vote(VoteKind.NOTARIZE, view, "third"));
            }
            cluster.clientsUntil(cluster.nowMillis() + 1_000);
            cluster.run(3_000);
            before.addAll(kept());
        }

        assertThat(before.size()).isGreaterThan(MOST_IN_AN_EPOCH);
        assertThat(kept()).hasSize(MOST_IN_AN_EPOCH);
    }
}
