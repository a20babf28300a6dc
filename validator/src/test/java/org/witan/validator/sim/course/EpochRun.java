package org.witan.validator.sim.course;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Validator;
import org.witan.validator.sim.course.SimCouncil.Step;
import org.witan.validator.sim.oracle.EpochOracle;
import org.witan.validator.sim.oracle.Oracle;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.plan.Bug;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** One seed: members come, go and change keys under load and faults; then it comes right. */
public final class EpochRun implements Seeds.Course {
    private static final int AWAY_MILLIS = 8_000;
    private static final int LONGEST_CALM_MILLIS = 60_000;
    private static final int STEPS = 5;

    private final Settings settings;
    private final Cluster cluster;
    private final SplittableRandom plan;
    private final SimCouncil council;
    private final SimGuests guests;
    private final Trouble trouble;
    private @Nullable SimNode last;

    public EpochRun(long seed, Bug bug) {
        this(seed, Settings.membership(seed).with(bug));
        List<SimNode> spares =
                cluster.nodes.subList(settings.nodes(), settings.nodes() + settings.spares());
        spares.forEach(spare -> council.plan(Step.Kind.ADD, spare));
        for (int i = spares.size(); i < STEPS; i++) {
            Step.Kind kind = plan.nextBoolean() ? Step.Kind.ROTATE : Step.Kind.REMOVE;
            council.plan(kind, cluster.nodes.get(plan.nextInt(cluster.nodes.size())));
        }
    }

    private EpochRun(long seed, Settings settings) {
        this.settings = settings;
        cluster = new Cluster(settings, seed);
        plan = new SplittableRandom(seed + 2);
        council = new SimCouncil(cluster, plan.split());
        guests = new SimGuests(cluster, new SplittableRandom(-seed));
        trouble = new Trouble(cluster, plan, AWAY_MILLIS);
    }

    /** The sizes of all sets. */
    public List<Integer> sizes() {
        EpochOracle epochs = cluster.oracle.epochs();
        return LongStream.rangeClosed(1, epochs.last().number())
                .mapToObj(number -> epochs.find(number).orElseThrow())
                .map(epoch -> epoch.configuration().validators().size())
                .toList();
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    public SimCouncil council() {
        return council;
    }

    @Override
    public void all() {
        cluster.nodes.subList(0, settings.nodes()).forEach(cluster::start);
        council.work(cluster.nowMillis() + settings.chaosMillis() + LONGEST_CALM_MILLIS);
        cluster.clientsUntil(cluster.nowMillis() + settings.chaosMillis());
        guests.work(cluster.nowMillis() + settings.chaosMillis());
        if (plan.nextInt(3) > 0) {
            cluster.whenABoundaryIsProposed(this::maybeCrash);
        }
        trouble.plan();
        trouble.restartHalted();
        cluster.run(settings.chaosMillis());
        if (last != null) {
            // Who lost its disk in the last epoch may vote again in the next one.
            council.plan(Step.Kind.ROTATE, last);
        }
        calm();
    }

    /**
     * Four members become seven, seven four, and four thirteen; keys are replaced between. One of
     * the founders, which stays, may lose its disk: in no set are that more than f.
     */
    public static EpochRun walk(long seed) {
        EpochRun run = new EpochRun(seed, Settings.walk(seed));
        List<SimNode> nodes = run.cluster.nodes;
        SimCouncil council = run.council;
        council.insist();
        nodes.subList(4, 7).forEach(node -> council.plan(Step.Kind.ADD, node));
        council.plan(Step.Kind.ROTATE, nodes.get(1 + run.plan.nextInt(6)));
        for (int i = 0; i < 3; i++) {
            // One of the founders but the last, and two of those who came, or the other way round.
            council.plan(Step.Kind.REMOVE, nodes.get(run.plan.nextInt(2) * 4 + i));
        }
        nodes.subList(7, Settings.WALKERS).forEach(node -> council.plan(Step.Kind.ADD, node));
        run.last = nodes.get(8 + run.plan.nextInt(4));
        return run;
    }

    private void maybeCrash(SimNode leader) {
        if (plan.nextBoolean()) {
            int delay = plan.nextInt(settings.ways().maxDelayMillis() + 20);
            cluster.at(delay, () -> trouble.crash(leader));
        }
    }

    /** P12: all of the last set agree and go on. */
    private void calm() {
        cluster.whenABoundaryIsProposed(leader -> {});
        trouble.end();
        long end = cluster.nowMillis() + LONGEST_CALM_MILLIS;
        do {
            cluster.run(2_000);
        } while (cluster.nowMillis() < end && !isSettled());
        Promise.P12.holds(last == null || council.isIdle(), "the changes are not done");
        long before = cluster.oracle.height();
        SimNode writer = members().getFirst();
        for (int i = 0; i < 5; i++) {
            cluster.at(200 * i, () -> cluster.submit(writer));
        }
        // Who lacks the last block learns that by a quiet node's status, every other second.
        cluster.run(6_000);
        Promise.P12.holds(cluster.oracle.height() > before, "no block after height %d", before);
        for (SimNode node : members()) {
            Promise.P12.holds(
                    node.store.tip().height() == cluster.oracle.height(),
                    "%s of the last set stands at height %d, others at %d",
                    node.id,
                    node.store.tip().height(),
                    cluster.oracle.height());
            Promise.P12.holds(
                    node.core().view().standing().mayVote(),
                    "%s of the last set does not vote",
                    node.id);
            Oracle.visit(cluster.founding(), node.store);
        }
        cluster.readDisks();
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
        Configuration last = cluster.oracle.epochs().last().configuration();
        List<Validator> voters = last.validators();
        return cluster.nodes.stream()
                .filter(node -> voters.stream().anyMatch(v -> v.id().equals(node.id)))
                .toList();
    }
}
