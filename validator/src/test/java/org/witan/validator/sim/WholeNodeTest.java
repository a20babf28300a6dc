package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.witan.chain.block.Block;
import org.witan.validator.core.IntakeReply;
import org.witan.validator.core.NodeInput;
import org.witan.validator.core.NodeView;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** Stories of whole nodes in a quiet network, each with one thing going wrong. */
class WholeNodeTest {
    private final Cluster cluster = new Cluster(Settings.calm(4), 1);

    private SimNode node(int number) {
        return cluster.nodes.get(number - 1);
    }

    private void startAll() {
        cluster.nodes.forEach(cluster::start);
        cluster.run(2_000);
    }

    private void write(long millis) {
        cluster.clientsUntil(cluster.nowMillis() + millis);
        cluster.run(millis + 300);
    }

    private List<Long> heights() {
        return cluster.nodes.stream().map(n -> n.store.tip().height()).toList();
    }

    @Test
    void aNodeThatWasAwayCatchesUpTwiceInARow() {
        startAll();
        for (int gap = 1; gap <= 2; gap++) {
            cluster.kill(node(2));
            write(20_000);
            assertThat(node(1).store.tip().height() - node(2).store.tip().height())
                    .as("a gap that consensus leaves to catch-up")
                    .isGreaterThan(70);
            cluster.start(node(2));
            cluster.run(10_000);
            assertThat(heights()).as("gap %d", gap).containsOnly(cluster.oracle.height());
        }
    }

    @Test
    void othersCountOnANodeSoonAfterItHasCaughtUp() {
        startAll();
        cluster.kill(node(2));
        write(20_000);
        cluster.start(node(2));
        while (node(2).core().view().tip().height() < cluster.oracle.height()) {
            cluster.run(10);
        }
        cluster.run(200);
        assertThat(node(1).core().view().peers())
                .filteredOn(peer -> peer.id().equals(node(2).id))
                .singleElement()
                .matches(NodeView.Peer::inSync);
    }

    @Test
    void whatCatchUpBringsLeavesThePool() {
        startAll();
        cluster.network().part(new boolean[] {false, true, false, false}, false);
        cluster.submit(node(2));
        cluster.submitAgain(node(1));
        for (int i = 0; i < 150; i++) {
            cluster.submit(node(1));
            cluster.run(100);
        }
        assertThat(node(2).core().view().poolTransactions()).isEqualTo(1);
        cluster.network().heal();
        while (node(2).store.tip().height() < cluster.oracle.height()) {
            cluster.run(10);
        }
        cluster.run(10);
        assertThat(node(2).core().view().poolTransactions()).isZero();
    }

    @Test
    void blocksThatAreCommittedDuringACatchUpAreNotLost() {
        startAll();
        cluster.kill(node(3));
        write(20_000);
        cluster.clientsUntil(cluster.nowMillis() + 10_000);
        cluster.start(node(3));
        cluster.run(10_000);
        cluster.run(3_000);
        assertThat(heights()).containsOnly(cluster.oracle.height());
        cluster.readDisks();
    }

    @Test
    void anEmptyDiskFillsFromTheOthersAndDoesNotVoteBlindly() {
        startAll();
        write(20_000);
        cluster.kill(node(4));
        node(4).store.wipe("the disk is new");
        cluster.start(node(4));
        cluster.run(15_000);
        assertThat(heights()).containsOnly(cluster.oracle.height());
    }

    @Test
    void aNodeThatLostAllTraceOfItsVotesIsShownThemAndStops() {
        startAll();
        write(1_000);
        cluster.run(2_000);
        cluster.submit(node(3));
        cluster.kill(node(1));
        cluster.kill(node(2));
        cluster.run(5_000);
        cluster.kill(node(4));
        node(4).store.forget();
        cluster.start(node(4));
        cluster.run(300);
        assertThat(node(4).core().view().votingStopped()).contains("is not on its disk");
    }

    @Test
    void withoutAQuorumWritesAreRefusedWithTheReasonAndGoOnWhenItIsBack() {
        startAll();
        write(2_000);
        cluster.kill(node(1));
        cluster.kill(node(2));
        cluster.run(1_000);
        long height = cluster.oracle.height();
        cluster.submit(node(3));
        cluster.run(5_000);
        assertThat(cluster.clients().refusals())
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo("NO_QUORUM");
                    assertThat(refused.why()).contains("2 of 4", "v3", "v4", "3 must");
                });
        assertThat(cluster.oracle.height()).isEqualTo(height);
        cluster.start(node(1));
        cluster.run(3_000);
        write(2_000);
        assertThat(cluster.oracle.height()).isGreaterThan(height);
    }

    @Test
    void whatWasTakenBeforeTheQuorumWentIsCommittedWhenItIsBack() {
        startAll();
        write(1_000);
        cluster.run(2_000);
        int before = cluster.oracle.transactions();
        cluster.submit(node(3));
        cluster.kill(node(1));
        cluster.kill(node(2));
        cluster.run(20_000);
        cluster.start(node(1));
        cluster.start(node(2));
        cluster.run(10_000);
        assertThat(cluster.clients().refusals()).isEmpty();
        assertThat(cluster.oracle.transactions()).isEqualTo(before + 1);
    }

    @Test
    void aDeadLeaderCostsNoVisiblePause() {
        startAll();
        write(2_000);
        cluster.kill(node(1));
        cluster.run(500);
        for (int i = 0; i < 12; i++) {
            int before = cluster.oracle.transactions();
            cluster.submit(node(2 + i % 3));
            cluster.run(1_000);
            assertThat(cluster.oracle.transactions()).as("write %d", i).isEqualTo(before + 1);
        }
    }

    /** Whoever of them it is, the one who leads last among them too. */
    @Test
    @DisplayName("L7: only one member is told of a transaction")
    void whatOneMemberIsToldBecomesFinal() {
        startAll();
        for (int told = 1; told <= 4; told++) {
            int before = cluster.oracle.transactions();
            cluster.submit(node(told));
            cluster.run(1_000);
            assertThat(cluster.oracle.transactions()).as("v%d", told).isEqualTo(before + 1);
        }
    }

    @Test
    void wallClocksThatJumpCostNoBlocks() {
        startAll();
        write(1_000);
        for (long ahead : new long[] {60_000, -60_000, 3_600_000}) {
            cluster.nodes.forEach(node -> node.clock.wallOffset(ahead));
            long before = cluster.oracle.height();
            write(2_000);
            assertThat(cluster.oracle.height() - before).as("%d ms", ahead).isGreaterThan(20);
        }
        node(1).clock.wallOffset(0);
        long before = cluster.oracle.height();
        write(2_000);
        assertThat(cluster.oracle.height() - before).as("one that is behind").isGreaterThan(20);
    }

    @Test
    void anIdleNetworkWritesNothingToDisk() {
        startAll();
        write(1_000);
        cluster.run(2_500);
        List<Integer> before = cluster.nodes.stream().map(n -> n.store.applied()).toList();
        long height = cluster.oracle.height();
        cluster.run(2_000);
        assertThat(cluster.oracle.height()).as("no heartbeat is due yet").isEqualTo(height);
        assertThat(cluster.nodes.stream().map(n -> n.store.applied()).toList()).isEqualTo(before);
    }

    @Test
    void theHeartbeatMakesOneEmptyBlockForAll() {
        startAll();
        write(1_000);
        long height = cluster.oracle.height();
        cluster.run(11_000);
        assertThat(cluster.oracle.height() - height).isBetween(1L, 3L);
        assertThat(heights()).containsOnly(cluster.oracle.height());
    }

    @Test
    void oneValidatorAloneIsANetworkToo() {
        Cluster alone = new Cluster(Settings.calm(1), 1);
        alone.start(alone.nodes.getFirst());
        alone.run(500);
        alone.clientsUntil(alone.nowMillis() + 2_000);
        alone.run(4_000);
        assertThat(alone.oracle.transactions()).isGreaterThan(20);
        assertThat(alone.clients().refusals()).isEqualTo(List.<IntakeReply.Refused>of());
    }

    @Test
    void aDrainingNodeLeadsNoViewAndCostsNoPause() {
        startAll();
        cluster.nodes.get(1).put(new NodeInput.Drain(true));
        cluster.run(1_500);
        long before = cluster.oracle.height();
        write(5_000);
        List<Block> since =
                LongStream.rangeClosed(before + 1, cluster.oracle.height())
                        .mapToObj(height -> node(1).store.block(height).orElseThrow())
                        .toList();
        assertThat(since).hasSizeGreaterThan(40);
        assertThat(since).noneMatch(block -> block.header().proposer().equals(node(2).id));
        assertThat(node(2).core().view().draining()).isTrue();
        assertThat(node(2).store.tip().height()).isEqualTo(cluster.oracle.height());
        node(2).put(new NodeInput.Drain(false));
        write(3_000);
        Block last = node(1).store.block(cluster.oracle.height()).orElseThrow();
        assertThat(
                        LongStream.rangeClosed(last.height() - 8, last.height())
                                .mapToObj(h -> node(1).store.block(h).orElseThrow())
                                .anyMatch(b -> b.header().proposer().equals(node(2).id)))
                .as("it leads again")
                .isTrue();
    }

    @Test
    void leadersMakeSmallerBlocksWhileExecutionIsSlow() {
        startAll();
        assertThat(largestBody()).as("nothing slow was seen").isGreaterThan(600 << 10);
        cluster.nodes.forEach(node -> node.put(new NodeInput.Executed(1 << 20, 10_000_000)));
        assertThat(largestBody()).isBetween(400 << 10, 512 << 10);
    }

    /** Of the blocks that 800 KiB of transactions, handed in at once, end up in. */
    private int largestBody() {
        long before = cluster.oracle.height();
        for (int i = 0; i < 16; i++) {
            cluster.submit(node(1), 50 << 10);
        }
        cluster.run(5_000);
        return LongStream.rangeClosed(before + 1, cluster.oracle.height())
                .mapToInt(h -> node(1).store.block(h).orElseThrow().header().bodyBytes())
                .max()
                .orElseThrow();
    }

    @Test
    void aNodeThatMayNotVoteCountsForNobodyAndCostsNoTimeAsLeader() {
        startAll();
        node(1).put(new NodeInput.StopVoting("a second process holds the key"));
        cluster.run(2_000);
        assertThat(node(1).core().view().votingStopped()).contains("second process");
        assertThat(node(2).core().view().peers())
                .filteredOn(peer -> !peer.inSync())
                .extracting(NodeView.Peer::id)
                .containsExactly(node(1).id);
        long before = cluster.oracle.height();
        for (int i = 0; i < 12; i++) {
            cluster.submit(node(2));
            cluster.run(150);
        }
        assertThat(cluster.oracle.height() - before).as("a block in 150 ms").isEqualTo(12);
    }
}
