package org.witan.catchup.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.catchup.snapshot.JoinWorld.Manner;
import org.witan.chain.block.Transaction;
import org.witan.chain.state.StateReader;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.StateChunk;
import org.witan.chain.store.TestChain;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NodeId;

/** An empty node joins by snapshot: among liars, over crashes, after a prune. */
class SnapshotJoinTest {
    private static final long MUCH_MILLIS = 600_000;

    private final TestNetwork network = TestNetwork.of(4);
    private final TestChain chain = new TestChain(network);
    private final MemoryStore whole = new MemoryStore(network.founding());
    private long nonce;

    private SnapshotJoinTest grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            List<Transaction> puts = new ArrayList<>();
            for (int n = 0; n < 8; n++) {
                nonce++;
                puts.add(network.put(nonce, "key-" + nonce, "value " + nonce));
            }
            whole.apply(List.of(chain.next(puts, true)), true);
        }
        return this;
    }

    private JoinWorld world(long seed) {
        return new JoinWorld(network, whole, Anchor.genesis(network.founding()), seed);
    }

    private void assertJoined(JoinWorld world) {
        assertThat(world.complete).isPresent();
        long height = world.complete.orElseThrow().height();
        StateReader state = whole.stateAt(height).orElseThrow();
        assertThat(world.complete.orElseThrow().stateRoot()).isEqualTo(state.root());
        Optional<Hash> next = Optional.of(Hash.NONE);
        world.kept.sort(Comparator.comparing(StateChunk::from));
        for (StateChunk chunk : world.kept) {
            assertThat(chunk.from()).isEqualTo(next.orElseThrow());
            assertThat(chunk.holds(state.root())).isTrue();
            next = StateChunk.after(chunk.to());
        }
        assertThat(next).isEmpty();
    }

    static LongStream seeds() {
        long first = Long.getLong("seed", 1);
        return LongStream.range(first, first + Integer.getInteger("seeds", 12));
    }

    /** One member at least is honest; it is never blamed, and the node is killed now and then. */
    @ParameterizedTest
    @MethodSource("seeds")
    void oneHonestMemberIsEnough(long seed) {
        grow(12);
        Random random = new Random(seed);
        JoinWorld world = world(seed);
        int honest = 1 + random.nextInt(3);
        for (int i = 1; i <= 3; i++) {
            Manner manner = Manner.values()[random.nextInt(Manner.values().length)];
            world.member("v" + i, i == honest ? Manner.HONEST : manner);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            world.after(100L + random.nextInt(2_000), world::crash);
        }
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertJoined(world);
        assertThat(world.blamed).doesNotContainKey(new NodeId("v" + honest));
    }

    @ParameterizedTest
    @EnumSource(Manner.class)
    void aLiarIsNamedAndNobodyElse(Manner manner) {
        grow(12);
        JoinWorld world =
                world(7).member("v1", manner)
                        .member("v2", Manner.HONEST)
                        .member("v3", Manner.HONEST);
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertJoined(world);
        assertThat(world.blamed.keySet())
                .isEqualTo(
                        manner.isLie() ? java.util.Set.of(new NodeId("v1")) : java.util.Set.of());
    }

    @Test
    void whenTheHeightIsPrunedANewerOneIsTaken() {
        grow(12);
        JoinWorld world = world(3).member("v1", Manner.HONEST).member("v2", Manner.HONEST);
        world.after(
                150,
                () -> {
                    grow(5);
                    world.prunedBelow = 17;
                });
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertJoined(world);
        assertThat(world.begun).containsExactly(12L, 17L);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void whatWasKeptIsNotFetchedAgain() {
        grow(12);
        JoinWorld world = world(5).member("v1", Manner.HONEST).member("v2", Manner.HONEST);
        while (world.kept.size() < 20) {
            world.run(5);
        }
        int before = world.chunksAsked;
        int missing = Segments.COUNT - world.kept.size();
        world.crash();
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertJoined(world);
        assertThat(world.chunksAsked - before).isLessThanOrEqualTo(missing);
        assertThat(world.begun).containsExactly(12L);
    }

    @Test
    void fewBlocksAreFetchedAsBlocks() {
        grow(3);
        JoinWorld world = world(1).member("v1", Manner.HONEST).member("v2", Manner.HONEST);
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertThat(world.blocks).contains(3L);
        assertThat(world.complete).isEmpty();
    }

    /** One of four may lie about how little there is. */
    @Test
    void oneMemberDoesNotDecideAlone() {
        grow(12);
        assertThat(world(1).member("v1", Manner.HONEST).run(30_000)).isFalse();
    }

    @Test
    void withACheckpointTheStateIsNeverOlder() {
        grow(3);
        EpochLink first = whole.epoch(1).orElseThrow();
        grow(2);
        Anchor anchor = new Anchor(List.of(first), whole.header(5));
        JoinWorld world = new JoinWorld(network, whole, anchor, 1);
        world.member("v1", Manner.HONEST).member("v2", Manner.HONEST);
        assertThat(world.run(MUCH_MILLIS)).isTrue();
        assertJoined(world);
        assertThat(world.begun).containsExactly(5L);
    }

    @Test
    void aCheckpointAheadOfEverybodyIsWaitedFor() {
        grow(5);
        EpochLink first = whole.epoch(1).orElseThrow();
        TestChain other = new TestChain(network);
        for (int i = 0; i < 4; i++) {
            other.next();
        }
        // A block 5 that these members do not have: they contradict what the operator trusts.
        Anchor anchor = new Anchor(List.of(first), Optional.of(other.next().block().header()));
        JoinWorld world = new JoinWorld(network, whole, anchor, 1);
        world.member("v1", Manner.HONEST).member("v2", Manner.HONEST);
        assertThat(world.run(30_000)).isFalse();
        assertThat(world.blamed).hasSize(2);
        assertThat(world.begun).isEmpty();
    }

    /** Whoever has all keys of an epoch that is over can sign a second history behind it. */
    @Test
    void oldKeysConvinceNobodyWhoKnowsOfALaterEpoch() {
        grow(4);
        EpochLink later =
                new EpochLink(
                        2,
                        whole.header(4).orElseThrow(),
                        whole.finalization(4),
                        TestNetwork.of(7).founding().firstEpoch().configuration());
        Anchor anchor = new Anchor(List.of(whole.epoch(1).orElseThrow(), later), Optional.empty());
        grow(30);
        JoinWorld told = new JoinWorld(network, whole, anchor, 1);
        told.member("v1", Manner.HONEST).member("v2", Manner.HONEST).member("v3", Manner.HONEST);
        assertThat(told.run(60_000)).isFalse();
        assertThat(told.begun).isEmpty();
        assertThat(world(1).member("v1", Manner.HONEST).member("v2", Manner.HONEST).run(60_000))
                .as("who knows nothing but the genesis cannot tell")
                .isTrue();
    }
}
