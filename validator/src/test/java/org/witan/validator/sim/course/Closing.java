package org.witan.validator.sim.course;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.witan.validator.sim.oracle.Oracle;
import org.witan.validator.sim.oracle.Promise;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** What must come of every run once the network is calm: P8, P10, P12, P13 and P14. */
public final class Closing {
    /** What a healed network takes until all stand at one height. */
    private static final long HEALED_MILLIS = 15_000;

    /** Longer, where a node asks nobody for 30 s since its one source lost three requests. */
    private static final long REST_MILLIS = 35_000;

    /** Who broke the rules is kept out for so long at most. */
    private static final long BAN_MILLIS = 300_000;

    /** Pause after the last block before a network without work counts as idle. */
    private static final long QUIET_MILLIS = 2_500;

    /** Less than the heartbeat's interval, which begins with the last block. */
    private static final long IDLE_MILLIS = 1_500;

    /** What those that are left take for some blocks, with leaders that are down between them. */
    private static final long FEWER_MILLIS = 20_000;

    /** Blocks that five writes, two seconds apart, must come to in that time. */
    private static final int MORE_HEIGHTS = 3;

    private final Cluster cluster;
    private final SplittableRandom plan;

    public Closing(Cluster cluster, SplittableRandom plan) {
        this.cluster = cluster;
        this.plan = plan;
    }

    public void check() {
        letBack();
        long before = cluster.oracle.height();
        cluster.run(HEALED_MILLIS);
        for (long more = 0; more < REST_MILLIS && lacks(before); more += 5_000) {
            cluster.run(5_000);
        }
        Promise.P14.holds(
                !lacks(before), "a height that was final is lost: %s, %d", heights(), before);
        agree();
        goesOn();
        isIdle();
        goesOnWithoutSome();
        Promise.P8.holds(cluster.oracle.transactions() > 0, "the clients wrote nothing");
        cluster.readDisks();
        cluster.nodes.forEach(node -> Oracle.visit(cluster.founding(), node.store));
    }

    private void letBack() {
        for (long waited = 0; waited < BAN_MILLIS && cluster.wiring().keepsAnyOut(); ) {
            cluster.run(1_000);
            waited += 1_000;
        }
        Promise.P12.holds(!cluster.wiring().keepsAnyOut(), "somebody is kept out for ever");
    }

    /** A look between two links of a pair sees each end with another one; but not for long. */
    private void agree() {
        for (int i = 0; i < 350 && !cluster.wiring().isAgreed(); i++) {
            cluster.run(100);
        }
        Promise.P19.holds(
                cluster.wiring().isAgreed(), "two ends of a pair do not hold the same link");
    }

    private boolean lacks(long height) {
        return cluster.nodes.stream().anyMatch(n -> n.store.tip().height() < height);
    }

    private void goesOn() {
        long before = cluster.oracle.height();
        SimNode writer = cluster.nodes.get(plan.nextInt(cluster.nodes.size()));
        for (int i = 0; i < 5; i++) {
            cluster.at(i * 500L, () -> cluster.submit(writer));
        }
        cluster.run(2_500 + QUIET_MILLIS);
        Promise.P12.holds(cluster.oracle.height() > before, "no block after height %d", before);
        Promise.P12.holds(
                heights().stream().allMatch(height -> height == cluster.oracle.height()),
                "heights %s",
                heights());
    }

    /**
     * P12 with f down: others go on if those that vote are a quorum without them. In a third of all
     * runs, since the rest takes as long as the calm before.
     */
    private void goesOnWithoutSome() {
        List<SimNode> voters = new ArrayList<>(cluster.nodes);
        voters.removeIf(node -> !node.core().view().standing().mayVote());
        int down = voters.size() - cluster.oracle.quorum(cluster.oracle.epochs().last().number());
        if (down <= 0 || plan.nextInt(3) > 0) {
            return;
        }
        List<SimNode> away = new ArrayList<>();
        for (int i = 0; i < down; i++) {
            away.add(voters.remove(plan.nextInt(voters.size())));
        }
        away.forEach(cluster::kill);
        long before = cluster.oracle.height();
        for (int i = 0; i < 5; i++) {
            cluster.at(i * 2_000L, () -> cluster.submit(voters.getFirst()));
        }
        cluster.run(FEWER_MILLIS);
        Promise.P12.holds(
                cluster.oracle.height() >= before + MORE_HEIGHTS,
                "with %d down, %d blocks after height %d",
                down,
                cluster.oracle.height() - before,
                before);
        away.forEach(cluster::start);
        cluster.run(HEALED_MILLIS);
        Promise.P12.holds(
                heights().stream().allMatch(height -> height == cluster.oracle.height()),
                "heights %s after %d came back",
                heights(),
                down);
    }

    private void isIdle() {
        long written = written();
        long chatter = cluster.chatter();
        cluster.run(IDLE_MILLIS);
        Promise.P13.holds(written() == written, "an idle network writes");
        Promise.P13.holds(cluster.chatter() == chatter, "an idle network talks, %s", said());
    }

    private String said() {
        return cluster.lastSaid() + "; " + heights();
    }

    private long written() {
        return cluster.nodes.stream().mapToLong(node -> node.store.applied()).sum();
    }

    private List<Long> heights() {
        return cluster.nodes.stream().map(node -> node.store.tip().height()).toList();
    }
}
