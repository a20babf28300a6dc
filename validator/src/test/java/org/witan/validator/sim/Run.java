package org.witan.validator.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;

/** One seed: a rough phase under load, then calm in which everything must come right. */
final class Run {
    private final Settings settings;
    private final Cluster cluster;
    private final SplittableRandom plan;

    Run(long seed) {
        this(seed, Settings.of(seed));
    }

    Run(long seed, Settings settings) {
        this.settings = settings;
        cluster = new Cluster(settings, seed);
        plan = new SplittableRandom(seed + 1);
    }

    Cluster cluster() {
        return cluster;
    }

    void all() {
        cluster.nodes.forEach(cluster::start);
        cluster.clientsUntil(cluster.nowMillis() + settings.chaosMillis());
        plan();
        cluster.run(settings.chaosMillis());
        calm();
    }

    private void plan() {
        for (int i = 0; i < settings.crashes(); i++) {
            SimNode victim = cluster.nodes.get(plan.nextInt(settings.nodes()));
            cluster.at(plan.nextInt(settings.chaosMillis()), () -> crash(victim));
        }
        for (int i = 0; i < settings.powerCuts(); i++) {
            cluster.at(
                    plan.nextInt(settings.chaosMillis()), () -> cluster.nodes.forEach(this::crash));
        }
        for (int i = 0; i < settings.partitions(); i++) {
            cluster.at(plan.nextInt(settings.chaosMillis()), this::part);
        }
    }

    private void crash(SimNode victim) {
        if (victim.isUp()) {
            cluster.kill(victim);
            cluster.at(200 + plan.nextInt(3_000), () -> restart(victim));
        }
    }

    private void restart(SimNode victim) {
        if (!victim.isUp()) {
            cluster.start(victim);
        }
    }

    private void part() {
        boolean[] side = new boolean[settings.nodes()];
        for (int i = 0; i < side.length; i++) {
            side[i] = plan.nextBoolean();
        }
        cluster.network().part(side, plan.nextInt(3) == 0);
        cluster.at(500 + plan.nextInt(4_000), () -> cluster.network().heal());
    }

    /** P12: with everybody back and a quiet network, all agree and go on. */
    private void calm() {
        cluster.network().calm();
        cluster.nodes.forEach(this::restart);
        cluster.run(15_000);
        long before = cluster.oracle.height();
        SimNode writer = cluster.nodes.get(plan.nextInt(settings.nodes()));
        for (int i = 0; i < 5; i++) {
            int at = i * 500;
            cluster.at(at, () -> cluster.submit(writer));
        }
        cluster.run(6_000);
        assertThat(cluster.oracle.height()).as("P12: goes on").isGreaterThan(before);
        List<Long> heights = cluster.nodes.stream().map(n -> n.store.tip().height()).toList();
        assertThat(heights).as("P12: all at one height").containsOnly(cluster.oracle.height());
        cluster.oracle.acknowledgedIsCommitted();
        assertThat(cluster.oracle.transactions()).as("the clients wrote").isPositive();
    }
}
