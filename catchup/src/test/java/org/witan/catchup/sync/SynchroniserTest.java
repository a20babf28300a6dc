package org.witan.catchup.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.witan.catchup.fixture.HandMadeLedger;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.genesis.membership.NodeId;

/** Stories of docs/protocol/catchup.md, one network of four each unless said otherwise. */
class SynchroniserTest {
    private static final long MINUTE = 60_000;

    private static SyncWorld four(HandMadeNetwork network) {
        return new SyncWorld(network, "v4", 1)
                .member("v1", Lie.NONE)
                .member("v2", Lie.NONE)
                .member("v3", Lie.NONE);
    }

    private static void assertCaughtUp(SyncWorld world) {
        assertThat(world.ledger().tip().hash()).isEqualTo(world.network.ledger().tip().hash());
        assertThat(world.ledger().tip().header().stateRoot())
                .isEqualTo(world.network.ledger().tip().header().stateRoot());
        assertThat(world.failures).isEmpty();
    }

    @Test
    void anEmptyNodeJoinsARunningNetwork() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(700, 3)).start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.finished).containsExactly(700L);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void aRestartWithoutNewBlocksAsksForNone() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(20, 1)).from(20).start();
        assertThat(world.run(1000)).isTrue();
        assertThat(world.asks).isZero();
        assertThat(world.finished).containsExactly(20L);
    }

    @Test
    void aFewBlocksBehindAreFetched() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(20, 1)).from(15).start();
        assertThat(world.run(1000)).isTrue();
        assertCaughtUp(world);
        assertThat(world.asks).isEqualTo(1);
    }

    @Test
    void aSecondTriggerWhileItRunsIsIgnored() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(300, 1)).start();
        for (int i = 1; i < 20; i++) {
            world.after(i * 5, world::start);
        }
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.finished).containsExactly(300L);
    }

    @Test
    void aSecondGapHealsLikeTheFirst() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(300, 1);
        SyncWorld world = four(network).start();
        assertThat(world.run(MINUTE)).isTrue();
        network.grow(400, 1);
        world.pass(10_000);
        assertThat(world.start().run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.finished).containsExactly(300L, 700L);
    }

    @Test
    void validatorsThatChangedThreeTimesAreFollowed() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(50, 1);
        network.boundary(List.of("v1", "v2", "v3", "v4", "v5"));
        network.grow(50, 1);
        network.boundary(List.of("v1", "v2", "v5", "v6"));
        network.grow(50, 1).boundary(List.of("v1", "v2", "v3", "v4"));
        network.grow(7, 1);
        SyncWorld world = four(network).start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.ledger().position().epoch().number()).isEqualTo(4);
    }

    @Test
    void aTipThatIsABoundaryIsTheEnd() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(5, 1);
        network.boundary(List.of("v1", "v2", "v3", "v4", "v5"));
        SyncWorld world = four(network).start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.ledger().position().epoch().number()).isEqualTo(2);
    }

    @Test
    void theLinkToAnEpochMayFollowItsBoundary() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(5, 1);
        SyncWorld world = four(network).start();
        world.after(15, () -> network.boundary(List.of("v1", "v2", "v3", "v5")));
        world.after(60, () -> network.grow(100, 1));
        assertThat(world.run(MINUTE)).isTrue();
        world.pass(1000);
        assertThat(world.start().run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void blocksWithoutTheirOwnFinalizationAreProvenByLaterOnes() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(10, 1);
        for (int i = 0; i < 500; i++) {
            network.grow(2, i % 90 == 89);
        }
        network.grow(1, 1);
        SyncWorld world = four(network).start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void aLoneValidatorHasNobodyToAsk() {
        SyncWorld world = new SyncWorld(new HandMadeNetwork("a", 1).grow(3, 1), "v1", 1).from(3);
        world.start();
        assertThat(world.synchroniser().running()).isFalse();
        assertThat(world.finished).containsExactly(3L);
    }

    @Test
    void oneOtherIsNotEnoughToKnowTheTip() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(30, 1);
        SyncWorld world = new SyncWorld(network, "v4", 1).member("v1", Lie.NONE).start();
        assertThat(world.run(MINUTE)).isFalse();
        assertCaughtUp(world);
        assertThat(world.synchroniser().progress(world.now()).waitingFor())
                .isEqualTo("1 of 2 validators to say that they are not ahead");
        world.member("v2", Lie.NONE);
        assertThat(world.run(1000)).isTrue();
    }

    @Test
    void whoIsNoValidatorAnyMoreStillFollows() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(30, 1);
        network.boundary(List.of("v1", "v2", "v3", "v5"));
        SyncWorld world = four(network.grow(30, 1)).start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
    }

    @Test
    void whatAMemberNoLongerKeepsIsAskedElsewhere() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(600, 1);
        HandMadeLedger pruned = HandMadeLedger.prefix(network.ledger(), 600);
        pruned.prune(400);
        SyncWorld world =
                new SyncWorld(network, "v4", 1)
                        .member("v1", Lie.NONE, pruned)
                        .member("v2", Lie.NONE)
                        .start();
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void allSourcesDieHalfWayAndComeBack() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(3000, 3)).start();
        world.bytesPerSecond = 1 << 20;
        world.after(600, () -> List.of("v1", "v2", "v3").forEach(v -> world.up(v, false)));
        assertThat(world.run(20_000)).isFalse();
        long half = world.ledger().tip().height();
        assertThat(half).isBetween(1L, 2999L);
        world.up("v2", true);
        world.up("v1", true);
        assertThat(world.run(MINUTE)).isTrue();
        assertCaughtUp(world);
    }

    @Test
    void itEndsWhileTheNetworkWorksAtFullLoad() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(500, 2);
        SyncWorld world = four(network).start();
        growForEver(world);
        assertThat(world.run(MINUTE)).isTrue();
        long left = network.ledger().tip().height() - world.ledger().tip().height();
        assertThat(left).isBetween(0L, 40L);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void aLargeBlockArrivesOverASlowLink() {
        HandMadeNetwork network = new HandMadeNetwork("a", 4).grow(1, 11_000).grow(3, 1);
        assertThat(network.ledger().encodedBlock(1).orElseThrow().length).isGreaterThan(3 << 20);
        SyncWorld world = four(network);
        world.bytesPerSecond = 160 << 10;
        assertThat(world.start().run(10 * MINUTE)).isTrue();
        assertCaughtUp(world);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void aCertifiedBlockThatDoesNotExecuteIsOurOwnFault() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(300, 1)).start();
        world.run(20);
        world.feed(new SyncInput.Rejected(5, "another state root"));
        assertThat(world.failures).containsExactly(new SyncEffect.Failed(5, "another state root"));
        assertThat(world.synchroniser().running()).isFalse();
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void progressShowsRateSourcesAndTimeLeft() {
        SyncWorld world = four(new HandMadeNetwork("a", 4).grow(3000, 5));
        world.bytesPerSecond = 1 << 19;
        world.start().run(1500);
        CatchupProgress progress = world.synchroniser().progress(world.now());
        assertThat(progress.running()).isTrue();
        assertThat(progress.target()).isEqualTo(3000);
        assertThat(progress.height()).isEqualTo(world.ledger().tip().height()).isPositive();
        assertThat(progress.sources()).hasSize(3);
        long bytes = 0;
        for (long h = 1; h <= progress.height(); h++) {
            bytes += world.ledger().encodedBlock(h).orElseThrow().length;
        }
        assertThat(progress.blocksPerSecond()).isEqualTo(progress.height() * 1000 / 1500);
        assertThat(progress.bytesPerSecond()).isEqualTo(bytes * 1000 / 1500);
        assertThat(progress.etaMillis())
                .hasValue((3000 - progress.height()) * 1000 / progress.blocksPerSecond());
        assertThat(progress.waitingFor()).isEqualTo(3000 - progress.height() + " blocks");
    }

    private static void growForEver(SyncWorld world) {
        world.after(
                20,
                () -> {
                    world.network.grow(1, 1);
                    growForEver(world);
                });
    }

    /** Whoever lies: the end is the same, and only who can be proven wrong is blamed. */
    @ParameterizedTest
    @EnumSource(Lie.class)
    void oneLiarChangesNothing(Lie lie) {
        SyncWorld world = oneOfThree(lie, 1500);
        assertThat(world.run(5 * MINUTE)).isTrue();
        assertCaughtUp(world);
        if (lie.isProvable()) {
            assertThat(world.blamed).containsOnlyKeys(new NodeId("v1"));
        } else {
            assertThat(world.blamed).isEmpty();
        }
    }

    /** Two of three sources go on as ever; the third is given the time in which it is judged. */
    @ParameterizedTest
    @EnumSource(names = {"SILENT", "DRIP", "TRAILS", "BUSY"})
    void aSourceThatStarvesCostsItsShareAndSomeSeconds(Lie lie) {
        long fed = catchUpMillis(Lie.NONE);
        assertThat(catchUpMillis(lie)).isBetween(fed, fed * 3 / 2 + 20_000);
    }

    private static SyncWorld oneOfThree(Lie lie, int blocks) {
        SyncWorld world =
                new SyncWorld(new HandMadeNetwork("a", 4).grow(blocks, 3), "v4", 7)
                        .member("v1", lie)
                        .member("v2", Lie.NONE)
                        .member("v3", Lie.NONE)
                        .start();
        world.bytesPerSecond = 1 << 18;
        return world;
    }

    private static long catchUpMillis(Lie lie) {
        SyncWorld world = oneOfThree(lie, 8_000);
        long before = world.now();
        assertThat(world.run(5 * MINUTE)).isTrue();
        return world.now() - before;
    }

    @ParameterizedTest
    @EnumSource(Lie.class)
    void oneHonestMemberAmongLiarsIsEnough(Lie lie) {
        HandMadeNetwork network = new HandMadeNetwork("a", 7).grow(200, 1);
        SyncWorld world = new SyncWorld(network, "v7", 3);
        for (String liar : List.of("v1", "v2", "v3", "v4", "v5")) {
            world.member(liar, lie);
        }
        world.member("v6", Lie.NONE).start();
        assertThat(world.run(10 * MINUTE)).isTrue();
        assertCaughtUp(world);
    }
}
