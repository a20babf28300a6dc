package org.witan.validator.sim.course;

import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.witan.genesis.membership.Parameter;
import org.witan.genesis.membership.Rules;
import org.witan.validator.sim.oracle.Oracle;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/**
 * One rule is set to its least or greatest value by the organisations, under load and faults; the
 * network goes on, if slowly, and can decide to set it back. Sixteen seeds have each rule twice.
 */
public final class RuleRun implements Seeds.Course {
    /** With the longest network delay each view without a leader costs a minute and more. */
    private static final long LONGEST_MILLIS = 3_600_000;

    private static final int WRITES = 5;

    private final Parameter parameter;
    private final int extreme;
    private final Cluster cluster;
    private final SplittableRandom plan;
    private final SimCouncil council;

    public RuleRun(long seed) {
        int kinds = Parameter.values().length;
        parameter = Parameter.values()[(int) (seed % kinds)];
        boolean most = seed / kinds % 2 == 1;
        Settings settings = Settings.rules(seed);
        // A set can have no greater minimum than its size.
        int greatest =
                parameter == Parameter.MINIMUM_VALIDATORS ? settings.nodes() : parameter.most();
        extreme = most ? greatest : parameter.least();
        cluster = new Cluster(settings, seed);
        plan = new SplittableRandom(seed + 4);
        council = new SimCouncil(cluster, plan.split());
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public void all() {
        Trouble trouble = new Trouble(cluster, plan, 3_000);
        int usual = present();
        long chaos = cluster.settings().chaosMillis();
        cluster.nodes.forEach(cluster::start);
        council.insist();
        council.plan(parameter, extreme);
        council.work(cluster.nowMillis() + 3 * LONGEST_MILLIS);
        cluster.clientsUntil(cluster.nowMillis() + chaos);
        trouble.plan();
        trouble.restartHalted();
        cluster.run(chaos);
        trouble.end();
        until(council::isIdle, "the rule is not in force");
        Promise.P12.holds(present() == extreme, "%s is %d", parameter, present());
        goesOn();
        if (parameter == Parameter.MINIMUM_VALIDATORS) {
            return; // Whoever has at least four never goes below.
        }
        council.plan(parameter, usual);
        until(council::isIdle, "the rule cannot be set back");
        goesOn();
    }

    private int present() {
        Rules rules = cluster.oracle.epochs().last().configuration().rules();
        return parameter.of(rules);
    }

    private void goesOn() {
        int before = cluster.oracle.transactions();
        SimNode writer = cluster.nodes.get(plan.nextInt(cluster.nodes.size()));
        for (int i = 0; i < WRITES; i++) {
            cluster.at(200 * i, () -> cluster.submit(writer, plan.nextInt(900)));
        }
        cluster.run(200 * WRITES);
        until(
                () -> cluster.oracle.transactions() >= before + WRITES && areLevel(),
                "what was written is not final everywhere");
        cluster.readDisks();
        cluster.nodes.forEach(node -> Oracle.visit(cluster.founding(), node.store));
    }

    private boolean areLevel() {
        return cluster.nodes.stream()
                .allMatch(node ->
                        node.isUp() && node.store.tip().height() == cluster.oracle.height());
    }

    private void until(BooleanSupplier reached, String otherwise) {
        long end = cluster.nowMillis() + LONGEST_MILLIS;
        while (!reached.getAsBoolean()) {
            Promise.P12.holds(
                    cluster.nowMillis() < end,
                    "%s %d: %s; %s",
                    parameter,
                    extreme,
                    otherwise,
                    cluster.nodes.stream().map(node -> node.store.tip().height()).toList());
            cluster.run(1_000);
        }
    }
}
