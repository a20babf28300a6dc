package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Block;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Transaction;
import org.witan.chain.block.Vote;
import org.witan.chain.block.VoteKind;
import org.witan.chain.state.Execution;
import org.witan.chain.state.SignatureCheck;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.PublicKey;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.Standing;
import org.witan.validator.consensus.message.Proposal;
import org.witan.validator.core.Message;
import org.witan.validator.sim.course.SimCouncil;
import org.witan.validator.sim.course.SimCouncil.Step;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** Stories of epochs in a quiet network, each with one thing going wrong (C18). */
class EpochStoryTest {
    private final Cluster cluster = new Cluster(Settings.calm(4).joinedBy(2), 1);
    private final SimCouncil council = new SimCouncil(cluster, new SplittableRandom(5));

    private SimNode node(int number) {
        return cluster.nodes.get(number - 1);
    }

    private void startFounders() {
        cluster.nodes.subList(0, 4).forEach(cluster::start);
        cluster.run(2_000);
        council.work(cluster.nowMillis() + 600_000);
    }

    private void change(Step.Kind kind, int number) {
        council.plan(kind, node(number));
        for (int i = 0; i < 20 && !council.isIdle(); i++) {
            cluster.run(500);
        }
        cluster.run(4_000);
    }

    private long epoch() {
        return cluster.oracle.epochs().last().number();
    }

    private static boolean votes(SimNode node) {
        return node.core().view().standing().mayVote();
    }

    @Test
    void whoIsAwayForSeveralEpochsCatchesUpAndVotes() {
        startFounders();
        change(Step.Kind.ADD, 5);
        cluster.kill(node(4));
        change(Step.Kind.ADD, 6);
        change(Step.Kind.REMOVE, 5);
        change(Step.Kind.REMOVE, 6);
        assertThat(epoch()).isEqualTo(5);
        assertThat(node(4).store.tip().header().epoch()).isLessThanOrEqualTo(2);
        cluster.start(node(4));
        cluster.run(5_000);
        assertThat(node(4).store.tip().height()).isEqualTo(cluster.oracle.height());
        assertThat(node(4).core().view().epoch().number()).isEqualTo(5);
        assertThat(votes(node(4))).isTrue();
    }

    @Test
    void whoIsAddedVotesAndWhoIsRemovedDoesNotAnyMore() {
        startFounders();
        change(Step.Kind.ADD, 5);
        assertThat(votes(node(5))).isTrue();
        assertThat(node(5).store.tip().height()).isEqualTo(cluster.oracle.height());
        change(Step.Kind.REMOVE, 1);
        assertThat(votes(node(1))).isFalse();
        assertThat(node(1).core().view().peers()).noneMatch(peer -> peer.linked());
        long before = cluster.oracle.height();
        cluster.clientsUntil(cluster.nowMillis() + 2_000);
        cluster.run(3_000);
        assertThat(cluster.oracle.height()).isGreaterThan(before);
        assertThat(node(1).store.tip().height()).as("it is cut off").isEqualTo(before);
    }

    @Test
    void aReplacedKeyVotesOnceItsHolderIsStartedWithIt() {
        startFounders();
        PublicKey before = node(3).signer().publicKey();
        change(Step.Kind.ROTATE, 3);
        assertThat(epoch()).isEqualTo(2);
        assertThat(node(3).signer().publicKey()).isNotEqualTo(before);
        assertThat(votes(node(3))).isTrue();
        assertThat(node(3).store.tip().height()).isEqualTo(cluster.oracle.height());
    }

    @Test
    void aNodeThatLostItsVotesDoesNotVoteOnlyBecauseAnEpochBegins() {
        startFounders();
        cluster.kill(node(4));
        node(4).store.wipe("the disk is new");
        cluster.start(node(4));
        change(Step.Kind.ADD, 5);
        assertThat(node(4).core().view().epoch().number()).isEqualTo(2);
        assertThat(node(4).store.tip().height()).isEqualTo(cluster.oracle.height());
        assertThat(votes(node(4))).isFalse();
    }

    /** The control: the same block without the forged set is voted for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlockThatNamesAnotherSetThanItsExecutionGivesIsNotVotedFor(boolean forged) {
        cluster.nodes.subList(0, 4).forEach(cluster::start);
        cluster.run(2_000);
        SimNode witness = node(1);
        while (witness.core().view().standing().leader().equals(witness.id)) {
            cluster.submit(witness);
            cluster.run(1_000);
        }
        Standing standing = witness.core().view().standing();
        SimNode leader =
                cluster.nodes.stream()
                        .filter(n -> n.id.equals(standing.leader()))
                        .findFirst()
                        .orElseThrow();
        cluster.kill(leader);
        Proposal proposal = proposal(witness, leader, forged);
        cluster.nodes.stream()
                .filter(SimNode::isUp)
                .forEach(n -> cluster.inject(leader, n, new Message.Consensus(proposal)));
        cluster.run(5_000);
        assertThat(cluster.oracle.isVotedFor(proposal.block().hash())).isEqualTo(!forged);
        assertThat(epoch()).isEqualTo(1);
    }

    private Proposal proposal(SimNode witness, SimNode leader, boolean forged) {
        Epoch epoch = witness.core().view().epoch();
        BlockHeader parent = witness.store.tip().header();
        long view = witness.core().view().standing().view();
        Transaction put = cluster.clients().next(witness, 0);
        cluster.oracle.submitted(put);
        var execution = new Execution(parent.networkId(), SignatureCheck.FINALIZED);
        var executed =
                (Execution.Executed)
                        execution.execute(
                                witness.store.state(),
                                new Execution.At(parent.height() + 1, 0),
                                List.of(put));
        BlockBody body = new BlockBody(List.of(put));
        BlockHeader header =
                new BlockHeader(
                        parent.networkId(),
                        1,
                        view,
                        parent.height() + 1,
                        leader.id,
                        witness.store.tip().hash(),
                        parent.timestampMillis(),
                        body.root(),
                        executed.after().root(),
                        epoch.configHash(),
                        forged ? Digest.tagged("mine").done() : epoch.configHash(),
                        witness.store.block(0).orElseThrow().hash(),
                        body.sizeBytes(),
                        1);
        Block block = new Block(header, body);
        Ballot ballot = new Ballot(VoteKind.NOTARIZE, 1, epoch.configHash(), view, block.hash());
        int place = epoch.configuration().indexOf(leader.id).orElseThrow();
        Vote vote = Vote.cast(ballot, place, parent.networkId(), leader.signer());
        var parentProof = witness.store.tip().finalization().stream().toList();
        return new Proposal(vote, parentProof, block);
    }
}
