package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.witan.catchup.sync.SyncSettings;
import org.witan.chain.block.Vote;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StoreWrite;
import org.witan.validator.consensus.CheapKeys;
import org.witan.validator.consensus.Self;
import org.witan.validator.consensus.message.Votes;
import org.witan.validator.core.Message;
import org.witan.validator.core.Node;
import org.witan.validator.core.NodeEffect;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.NodeSetup;
import org.witan.validator.core.Now;
import org.witan.validator.pool.PoolLimits;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** A member's key and an empty disk are started on a second host while the first one runs. */
class TwoHostsTest {
    private static final int HOME = 3;

    private final Cluster cluster = new Cluster(Settings.calm(4), 1);
    private final SimNode first = cluster.nodes.get(HOME);
    private final List<Vote> sentByFirst = new ArrayList<>();
    private final List<NodeInput> saidByOthers = new ArrayList<>();
    private final List<NodeEffect> bySecond = new ArrayList<>();
    private final MemoryStore disk = new MemoryStore(cluster.founding());
    private final Node second =
            new Node(
                    new NodeSetup(
                            new Self(
                                    first.id,
                                    CheapKeys.signer("key " + HOME),
                                    cluster.founding().networkId(),
                                    CheapKeys.VERIFIER),
                            PoolLimits.DEFAULT,
                            SyncSettings.DEFAULT),
                    disk,
                    disk.recovered());

    private void tell(NodeInput input) {
        Now now = new Now(cluster.nowMillis(), cluster.nowMillis());
        bySecond.addAll(second.step(now, input));
    }

    private List<Vote> signedBySecond() {
        List<Vote> votes = new ArrayList<>();
        for (NodeEffect effect : bySecond) {
            if (effect instanceof NodeEffect.Save(StoreWrite.OwnVote(var vote), var sync)) {
                votes.add(vote);
            }
        }
        return votes;
    }

    private void note(SimNode node, NodeEffect effect) {
        if (node == first) {
            if (effect instanceof NodeEffect.Save(StoreWrite.OwnVote(var vote), var sync)) {
                sentByFirst.add(vote);
            }
        } else if (effect instanceof NodeEffect.Broadcast(var message)) {
            saidByOthers.add(new NodeInput.Received(node.id, message, List.of()));
        }
    }

    /** The network runs, and what the first host signs in it is noted. */
    private void runFirst() {
        cluster.crashing((node, effects) -> {
            effects.forEach(effect -> note(node, effect));
            return Optional.empty();
        });
        cluster.nodes.forEach(cluster::start);
        cluster.run(2_000);
        cluster.clientsUntil(cluster.nowMillis() + 500);
        cluster.run(500);
        assertThat(sentByFirst).isNotEmpty();
    }

    @Test
    void whomThePeersCallASecondInstanceSignsNothingWhateverItHears() {
        runFirst();
        tell(new NodeInput.StopVoting("this key is linked from another host"));
        hearEverything();
        assertThat(signedBySecond()).isEmpty();
        assertThat(second.view().votingStopped()).contains("another host");
    }

    @Test
    void whoIsShownAVoteOfItsKeyThatItDoesNotRememberSignsNothingMore() {
        runFirst();
        cluster.nodes.forEach(node -> tell(new NodeInput.Linked(node.id, true)));
        Vote newest = sentByFirst.getLast();
        SimNode witness = cluster.nodes.getFirst();
        var shown = new Message.Consensus(new Votes(List.of(newest)));
        tell(new NodeInput.Received(witness.id, shown, List.of()));
        hearEverything();
        assertThat(signedBySecond()).isEmpty();
        assertThat(second.view().standing().mayVote()).isFalse();
    }

    /** What makes the two tests before worth something. */
    @Test
    void whoIsNotStoppedSigns() {
        runFirst();
        hearEverything();
        assertThat(signedBySecond()).isNotEmpty();
    }

    /** All that the others say reaches the second host too, from the first block on. */
    private void hearEverything() {
        for (int i = 0; i < 20; i++) {
            cluster.submit(cluster.nodes.get(i % 3));
            cluster.run(50);
        }
        saidByOthers.forEach(said -> {
            tell(said);
            tell(new NodeInput.Tick());
        });
        assertThat(saidByOthers).hasSizeGreaterThan(100);
    }
}
