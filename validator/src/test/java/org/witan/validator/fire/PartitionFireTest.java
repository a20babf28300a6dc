package org.witan.validator.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.witan.validator.e2e.Await;
import org.witan.validator.history.Event;
import org.witan.validator.history.Recorder;

/** Twelve ways in which four validators can lose sight of each other, one after the other. */
@Tag("fire")
class PartitionFireTest {
    private static final Duration FAULT =
            Duration.ofSeconds(Integer.getInteger("fault.seconds", 3));
    private static final long SEED = Long.getLong("seed", 1);
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(10);

    /** What was under way when a fault began may still end within this time. */
    private static final Duration UNDER_WAY = Duration.ofMillis(500);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<Long> commitMillis = new ArrayList<>();
    private final List<Long> returnMillis = new ArrayList<>();

    /** Something that is wrong with the network for a while. */
    private interface Shape {
        void happen(Fleet fleet, Namespaces net) throws Exception;
    }

    /**
     * Its name, and whether a quorum still hears a leader in the end and is heard by it; if not,
     * nothing can be committed.
     */
    private record Named(String name, boolean goesOn, Shape shape) {}

    private List<Named> shapes() {
        return List.of(
                new Named("split", false, (f, n) -> n.cut((a, b) -> a / 3 != b / 3)),
                new Named("isolate-leader", true, PartitionFireTest::isolateLeader),
                new Named("ring", true, (f, n) -> n.cut((a, b) -> Math.abs(a - b) == 2)),
                new Named(
                        "bridge-node",
                        true,
                        (f, n) -> n.cut((a, b) -> Math.max(a, b) == 4 && a + b < 7)),
                new Named("deaf", true, (f, n) -> n.cut((from, to) -> to == 1)),
                new Named("mute", true, (f, n) -> n.cut((from, to) -> from == 2)),
                new Named("one-way", true, (f, n) -> n.cut((from, to) -> from == 3 && to == 4)),
                new Named("flapping", false, PartitionFireTest::flap),
                new Named("loss", true, (f, n) -> n.lose(20)),
                new Named("slow", true, (f, n) -> n.slow("256kbit")),
                new Named("swizzle", false, this::swizzle),
                new Named("all-restart", false, PartitionFireTest::restartAll));
    }

    private static void isolateLeader(Fleet fleet, Namespaces net) throws Exception {
        int leader = fleet.leader(1);
        net.cut((from, to) -> from == leader || to == leader);
    }

    /** A second apart, a second together; apart in the end. */
    private static void flap(Fleet fleet, Namespaces net) throws Exception {
        for (long second = 0; second < FAULT.toSeconds(); second++) {
            boolean apart = second % 2 == 0;
            net.cut((a, b) -> apart && a / 3 != b / 3);
            LockSupport.parkNanos(1_000_000_000L);
        }
        net.cut((a, b) -> a / 3 != b / 3);
    }

    /** One after the other is cut off, then let back in another order; the last two by the heal. */
    private void swizzle(Fleet fleet, Namespaces net) throws Exception {
        boolean[] off = new boolean[5];
        int first = random.nextInt(4);
        for (int step = 0; step < 6; step++) {
            int who = (step < 4 ? first + step : first + 3 * step) % 4 + 1;
            off[who] = step < 4;
            net.cut((from, to) -> off[from] || off[to]);
            LockSupport.parkNanos(random.nextLong(200_000_000L, FAULT.toNanos() / 6));
        }
    }

    private static void restartAll(Fleet fleet, Namespaces net) throws Exception {
        net.cut((a, b) -> a / 3 != b / 3);
        for (int i = 1; i <= 4; i++) {
            fleet.kill(i);
        }
        for (int i = 1; i <= 4; i++) {
            fleet.start(i);
        }
        for (int i = 1; i <= 4; i++) {
            int started = i;
            Await.until("v" + i + " answers", Fleet.PATIENCE, () -> fleet.height(started) >= 0);
        }
    }

    @Test
    void nothingContradictsAndAllGoesOnSoonAfterwards() throws Exception {
        Optional<String> problem = Namespaces.problem();
        assumeTrue(problem.isEmpty(), () -> problem.orElse(""));
        try (Recorder recorder = new Recorder(folder.resolve("history.jsonl"));
                Namespaces net = new Namespaces(4);
                Fleet fleet = new Fleet(folder.resolve("f"), net.sites(folder));
                Clients clients = Clients.start(fleet.startAll(), recorder, 6, SEED)) {
            clients.awaitWrites(recorder.fault("begin", "all"), 10, Fleet.PATIENCE);
            for (Named shape : shapes()) {
                endure(shape, fleet, net, clients);
            }
            clients.stop();
            fleet.awaitAgreement(Fleet.PATIENCE, 1, 2, 3, 4);
            fleet.stopAll();
            System.out.printf("fire: partitions: %s%n", Evidence.require(fleet, recorder));
        }
        System.out.printf(
                "fire: first commit after a heal %s, all back at the tip %s%n",
                Timeline.figures(commitMillis), Timeline.figures(returnMillis));
        Timeline.require("first commit after a heal", commitMillis, HEAL_LIMIT);
        Timeline.require("all back at the tip after a heal", returnMillis, HEAL_LIMIT);
    }

    private void endure(Named shape, Fleet fleet, Namespaces net, Clients clients)
            throws Exception {
        Recorder recorder = clients.recorder;
        recorder.fault(shape.name, "all");
        shape.shape.happen(fleet, net);
        LockSupport.parkNanos(UNDER_WAY.toNanos());
        Event held = recorder.fault("held", "all");
        long height = highest(fleet);
        LockSupport.parkNanos(FAULT.toNanos());
        if (shape.goesOn) {
            clients.awaitWrites(held, 1, HEAL_LIMIT);
        }
        Event end = recorder.fault("end", "all");
        long top = highest(fleet);
        long late = Timeline.writesBetween(recorder.events(), held, end);
        assertThat(net.felt()).as("packets that %s keeps back", shape.name).isPositive();
        net.heal();
        Event heal = recorder.fault("heal", "all");
        long healed = System.nanoTime();
        awaitTip(fleet, shape.name);
        returnMillis.add(Duration.ofNanos(System.nanoTime() - healed).toMillis());
        clients.awaitWrites(heal, 5, Fleet.PATIENCE);
        long first = Timeline.firstCommitMillis(recorder.events(), heal, top).orElseThrow();
        System.out.printf(
                "fire: %s: %d writes in %d blocks in its last %d ms, first commit %d ms after the"
                        + " heal, all at the tip after %d ms%n",
                shape.name,
                late,
                top - height,
                (end.time() - held.time()) / 1_000_000L,
                first,
                returnMillis.getLast());
        if (!shape.goesOn) {
            assertThat(late).as("writes without a quorum in %s", shape.name).isZero();
            assertThat(top).as("height without a quorum in %s", shape.name).isEqualTo(height);
            commitMillis.add(first);
        }
    }

    /** The height that is committed somewhere. */
    private static long highest(Fleet fleet) {
        return IntStream.rangeClosed(1, 4).mapToLong(fleet::height).max().orElseThrow();
    }

    /** Waits until all are ready, and none is more than a block behind the first. */
    private static void awaitTip(Fleet fleet, String after) {
        Await.until(
                "all are at the tip after " + after,
                Fleet.PATIENCE,
                () -> IntStream.rangeClosed(1, 4).allMatch(i -> fleet.isAtTip(i, 1)));
    }
}
