package org.witan.validator.sim.course;

import java.util.SplittableRandom;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimKeys;

/** One seed: a rough phase under load, then calm in which everything must come right. */
public final class Run implements Seeds.Course {
    private static final int AWAY_MILLIS = 3_000;

    private final Settings settings;
    private final Cluster cluster;
    private final SplittableRandom plan;

    public Run(long seed) {
        this(seed, Settings.of(seed));
    }

    public Run(long seed, Settings settings) {
        this(seed, settings, SimKeys.cheap());
    }

    /** The same with these keys. */
    public Run(long seed, Settings settings, SimKeys keys) {
        this.settings = settings;
        cluster = new Cluster(settings, seed, keys);
        plan = new SplittableRandom(seed + 1);
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    @Override
    public void all() {
        Trouble trouble = new Trouble(cluster, plan, AWAY_MILLIS);
        cluster.nodes.forEach(cluster::start);
        cluster.clientsUntil(cluster.nowMillis() + settings.chaosMillis());
        trouble.plan();
        trouble.restartHalted();
        cluster.run(settings.chaosMillis());
        trouble.end();
        new Closing(cluster, plan).check();
    }
}
