package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Validator;
import org.witan.validator.sim.Settings.Bug;
import org.witan.validator.sim.SimCouncil.Step;

/** Validators are added, removed and re-keyed by real transactions, whatever fails meanwhile. */
@Tag("sim")
class EpochSimTest {
    /** Fixed in every build; {@code -Dseeds=100000} for a night; {@code -Dseed=17} replays one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 20));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        EpochRun run = new EpochRun(seed, Bug.NONE);
        try {
            run.all();
        } catch (AssertionError | RuntimeException broken) {
            throw new AssertionError(
                    "replay: ./mvnw test -pl validator -am -Dtest=EpochSimTest -Dseed=" + seed,
                    broken);
        }
    }

    @Test
    void theRunsChangeWhatTheyAreToChange() {
        long epochs = 0;
        int rekeyed = 0;
        for (long seed = 0; seed < 5; seed++) {
            EpochRun run = new EpochRun(seed, Bug.NONE);
            run.all();
            epochs += run.cluster().oracle.epochs.last().number() - 1;
            rekeyed += run.council().rekeyed();
        }
        assertThat(epochs).as("epochs that ended in five runs").isGreaterThan(8);
        assertThat(rekeyed).as("keys replaced in five runs").isPositive();
    }

    @Test
    void oneSeedOneTrace() {
        EpochRun first = new EpochRun(3, Bug.NONE);
        first.all();
        EpochRun second = new EpochRun(3, Bug.NONE);
        second.all();
        assertThat(first.cluster().traceHash()).isEqualTo(second.cluster().traceHash());
    }

    /** One seed: members come, go and change keys under load and faults; then it comes right. */
    static final class EpochRun {
        private static final int CHAOS_MILLIS = 12_000;
        private static final int LONGEST_CALM_MILLIS = 60_000;
        private static final int STEPS = 5;

        private final Settings settings;
        private final Cluster cluster;
        private final SplittableRandom plan;
        private final SimCouncil council;

        EpochRun(long seed, Bug bug) {
            settings = Settings.membership(seed).with(bug);
            cluster = new Cluster(settings, seed);
            plan = new SplittableRandom(seed + 2);
            council = new SimCouncil(cluster, plan.split());
        }

        Cluster cluster() {
            return cluster;
        }

        SimCouncil council() {
            return council;
        }

        void all() {
            cluster.nodes.subList(0, settings.nodes()).forEach(cluster::start);
            steps();
            council.work(cluster.nowMillis() + CHAOS_MILLIS + LONGEST_CALM_MILLIS);
            cluster.clientsUntil(cluster.nowMillis() + CHAOS_MILLIS);
            if (plan.nextInt(3) > 0) {
                cluster.whenABoundaryIsProposed(this::maybeCrash);
            }
            for (int i = 0; i < settings.crashes(); i++) {
                SimNode victim = cluster.nodes.get(plan.nextInt(cluster.nodes.size()));
                cluster.at(plan.nextInt(CHAOS_MILLIS), () -> crash(victim));
            }
            cluster.run(CHAOS_MILLIS);
            calm();
        }

        private void steps() {
            List<SimNode> spares =
                    cluster.nodes.subList(settings.nodes(), settings.nodes() + settings.spares());
            spares.forEach(spare -> council.plan(Step.Kind.ADD, spare));
            for (int i = spares.size(); i < STEPS; i++) {
                Step.Kind kind = plan.nextBoolean() ? Step.Kind.ROTATE : Step.Kind.REMOVE;
                council.plan(kind, cluster.nodes.get(plan.nextInt(cluster.nodes.size())));
            }
        }

        private void maybeCrash(SimNode leader) {
            if (plan.nextBoolean()) {
                cluster.at(plan.nextInt(settings.maxDelayMillis() + 20), () -> crash(leader));
            }
        }

        private void crash(SimNode victim) {
            if (victim.isUp()) {
                cluster.kill(victim);
                cluster.at(200 + plan.nextInt(8_000), () -> restart(victim));
            }
        }

        private void restart(SimNode node) {
            if (!node.isUp()) {
                cluster.start(node);
            }
        }

        /** P12: all of the last set agree and go on. */
        private void calm() {
            cluster.whenABoundaryIsProposed(leader -> {});
            cluster.network().calm();
            cluster.nodes.stream().filter(node -> node.life > 0).forEach(this::restart);
            long end = cluster.nowMillis() + LONGEST_CALM_MILLIS;
            do {
                cluster.run(2_000);
            } while (cluster.nowMillis() < end && !isSettled());
            long before = cluster.oracle.height();
            SimNode writer = members().getFirst();
            for (int i = 0; i < 5; i++) {
                cluster.at(200 * i, () -> cluster.submit(writer));
            }
            cluster.run(3_000);
            assertThat(cluster.oracle.height()).as("P12: goes on").isGreaterThan(before);
            assertThat(members())
                    .as("P12: all of the last set at one height")
                    .allMatch(node -> node.store.tip().height() == cluster.oracle.height());
            assertThat(members())
                    .as("P12: all of the last set vote")
                    .allMatch(node -> node.core().view().standing().mayVote());
            cluster.oracle.acknowledgedIsCommitted();
        }

        private boolean isSettled() {
            return council.isIdle()
                    && members().stream()
                            .allMatch(node ->
                                    node.isUp()
                                            && node.store.tip().height() == cluster.oracle.height()
                                            && node.core().view().standing().mayVote());
        }

        private List<SimNode> members() {
            Configuration last = cluster.oracle.epochs.last().configuration();
            List<Validator> voters = last.validators();
            return cluster.nodes.stream()
                    .filter(node -> voters.stream().anyMatch(v -> v.id().equals(node.id)))
                    .toList();
        }
    }
}
