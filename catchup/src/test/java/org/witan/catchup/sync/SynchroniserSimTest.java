package org.witan.catchup.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.catchup.fixture.HandMadeNetwork;
import org.witan.genesis.crypto.Hash;

/**
 * Whatever up to f liars, dying members and kills do: the joiner ends with the network's ledger.
 */
@Tag("sim")
class SynchroniserSimTest {
    private static final long HOUR = 3_600_000;

    /** Fixed in every build; {@code -Dseeds=100000} for long; {@code -Dseed=17} replays one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aJoinerEndsWithTheLedgerOfTheNetwork(long seed) {
        SyncWorld world = world(seed);
        assertThat(world.run(HOUR)).as("ends").isTrue();
        assertThat(world.failures).isEmpty();
        settle(world);
        assertSame(world);
    }

    /** Growth and kills are over: a last catch-up has to reach the very tip. */
    private static void settle(SyncWorld world) {
        world.pass(60_000);
        for (Member member : world.members.values()) {
            world.up(member.id().value(), true);
        }
        world.start();
        assertThat(world.run(HOUR)).as("ends again").isTrue();
        assertThat(world.failures).isEmpty();
    }

    private static void assertSame(SyncWorld world) {
        assertThat(world.ledger().tip().height()).isEqualTo(world.network.ledger().tip().height());
        assertThat(world.ledger().tip().hash()).isEqualTo(world.network.ledger().tip().hash());
        assertThat(world.ledger().position().epoch()).isEqualTo(world.network.epoch());
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        for (long seed = 0; seed < 10; seed++) {
            assertThat(trace(seed)).as("seed %d", seed).isEqualTo(trace(seed));
        }
        assertThat(trace(1)).isNotEqualTo(trace(2));
    }

    private static Hash trace(long seed) {
        SyncWorld world = world(seed);
        world.run(HOUR);
        return world.trace();
    }

    @Test
    void aHundredKillsDuringOneCatchUpChangeNothing() {
        HandMadeNetwork network = network(new Random(5), 4, 3000);
        SyncWorld world = new SyncWorld(network, "v4", 5);
        List.of("v1", "v2", "v3").forEach(name -> world.member(name, Lie.NONE));
        world.bytesPerSecond = 1 << 20;
        world.start();
        int kills = 0;
        while (kills < 100) {
            world.run(1 + world.random.nextInt(60));
            if (world.synchroniser().running()) {
                world.crash();
                kills++;
            } else {
                network.grow(200, 1);
                world.start();
            }
        }
        settle(world);
        assertSame(world);
        assertThat(world.blamed).isEmpty();
    }

    @Test
    void whatWaitsIsBoundedForAnyGap() {
        HandMadeNetwork network = new HandMadeNetwork("long", 4).grow(10_000, 20);
        SyncWorld world = new SyncWorld(network, "v4", 1);
        List.of("v1", "v2", "v3").forEach(name -> world.member(name, Lie.NONE));
        world.members.values().iterator().next().freeAtMillis = 1_003_000;
        world.start();
        SyncSettings settings = SyncSettings.DEFAULT;
        long most = 0;
        while (world.synchroniser().running()) {
            world.run(50);
            most = Math.max(most, world.oracle.heldBytes());
        }
        assertSame(world);
        assertThat(most)
                .isGreaterThan(settings.pieceBytes())
                .isLessThan(settings.windowBytes() + 3L * settings.pieceBytes());
    }

    /** Sizes, liars, deaths and kills by the seed. */
    private static SyncWorld world(long seed) {
        Random random = new Random(seed);
        int size = random.nextBoolean() ? 4 : 7;
        HandMadeNetwork network = network(random, size, 200 + random.nextInt(800));
        SyncWorld world = new SyncWorld(network, "v" + size, seed);
        world.bytesPerSecond = 1L << (18 + random.nextInt(8));
        int faults = (size - 1) / 3;
        List<String> honest = new ArrayList<>();
        for (int i = 1; i < size; i++) {
            boolean liar = i <= faults && random.nextInt(4) > 0;
            Lie lie = liar ? Lie.values()[random.nextInt(Lie.values().length)] : Lie.NONE;
            world.member("v" + i, lie);
            if (!liar) {
                honest.add("v" + i);
            }
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            world.after(random.nextInt(4000), world::crash);
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = honest.get(random.nextInt(honest.size()));
            int at = random.nextInt(5000);
            world.after(at, () -> world.up(name, false));
            world.after(at + random.nextInt(9000), () -> world.up(name, true));
        }
        for (int i = random.nextInt(200); i > 0; i--) {
            world.after(random.nextInt(6000), () -> network.grow(random.nextInt(3), true));
        }
        for (int i = random.nextInt(9); i > 0; i--) {
            int blocks = random.nextInt(100);
            boolean told = random.nextBoolean();
            world.after(random.nextInt(2000), () -> world.committed(blocks, told));
        }
        if (random.nextBoolean()) {
            List<String> next = HandMadeNetwork.names(size + random.nextInt(3));
            world.after(random.nextInt(4000), () -> network.boundary(next));
        }
        return world.start();
    }

    /** A chain whose sets change now and then and whose blocks are not all finalized themselves. */
    private static HandMadeNetwork network(Random random, int size, int blocks) {
        HandMadeNetwork network = new HandMadeNetwork("sim " + size, size);
        int sparse = random.nextInt(3) == 0 ? 40 : 2;
        for (int i = 0; i < blocks; i++) {
            if (random.nextInt(300) == 0) {
                network.boundary(HandMadeNetwork.names(size + random.nextInt(4)));
            }
            network.grow(random.nextInt(4), random.nextInt(sparse) == 0);
        }
        return network.grow(1, 1);
    }
}
