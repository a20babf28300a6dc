package org.witan.validator.sim.course;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.witan.chain.block.Ballot;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.store.MemoryStore;
import org.witan.chain.store.MemoryStore.Failing;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Signature;
import org.witan.genesis.membership.Epoch;
import org.witan.validator.consensus.message.Certificates;
import org.witan.validator.core.Message;
import org.witan.validator.sim.carry.SimNetwork.Cut;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Settings;
import org.witan.validator.sim.world.Cluster;
import org.witan.validator.sim.world.SimNode;

/** Brings a run's faults about, each at its time, and puts right what does not heal by itself. */
final class Trouble {
    private static final long MOST_SKEW_OF_ALL_MILLIS = 2_000;
    private static final long MOST_SKEW_OF_LIARS_MILLIS = 600_000;
    private static final int ROOM_AFTER_MILLIS = 30_000;
    private static final long LITTLE_ROOM_BYTES = 128L << 20;

    private final Cluster cluster;
    private final Settings settings;
    private final SplittableRandom plan;
    private final int longestAwayMillis;

    /** Trouble of a cluster; who crashes is away for so long at most. */
    Trouble(Cluster cluster, SplittableRandom plan, int longestAwayMillis) {
        this.cluster = cluster;
        settings = cluster.settings();
        this.plan = plan;
        this.longestAwayMillis = longestAwayMillis;
    }

    /** Plans all that goes wrong in the first phase. */
    void plan() {
        settings.faults()
                .forEach((fault, times) -> {
                    for (int i = 0; i < times; i++) {
                        cluster.at(plan.nextInt(settings.chaosMillis()), () -> begin(fault));
                    }
                });
    }

    /** Hosts that stopped by themselves are started again by somebody, a while later. */
    void restartHalted() {
        for (SimNode node : cluster.nodes) {
            if (!node.isUp() && !node.halted().isEmpty()) {
                restart(node);
            }
        }
        cluster.at(1_500, this::restartHalted);
    }

    /** Everything is put right: all links, clocks and disks, and all processes run. */
    void end() {
        cluster.network().calm();
        for (SimNode node : cluster.nodes) {
            node.clock.rate(cluster.nowMillis(), 100);
            node.clock.wallOffset(0);
            node.frozenUntilMillis = 0;
            node.failARead(-1);
            if (node.store.freeBytes() < Long.MAX_VALUE) {
                node.room(Long.MAX_VALUE);
                crash(node);
            }
            if (node.life > 0) {
                restart(node);
            }
        }
        for (SimNode one : cluster.nodes) {
            for (SimNode other : cluster.nodes) {
                if (cluster.index(one) < cluster.index(other)) {
                    cluster.wiring().link(one, other, true);
                }
            }
        }
    }

    private void begin(Fault fault) {
        switch (fault) {
            case LOSS, DUPLICATES, RETRIES, SMALL_POOL -> {}
            case DELAY_BURST -> {
                cluster.network().burst(true);
                later(() -> cluster.network().burst(false));
            }
            case ONE_WAY_LINK, PARTITION, ONE_WAY_PARTITION, ISOLATION, RING, BRIDGE -> {
                Cut cut = cluster.network().cut(ways(fault), fault);
                later(() -> cluster.network().heal(cut));
            }
            case FLAPPING -> flap(anyone(), anyone(), 2 + plan.nextInt(12));
            case NARROW -> {
                cluster.network().narrow(2_000 << plan.nextInt(6));
                later(() -> cluster.network().narrow(0));
            }
            case CRASH -> felt(fault, crash(anyone()));
            case POWER_CUT -> cluster.nodes.forEach(node -> felt(fault, crash(node)));
            case WRITE_ERROR ->
                    anyone().store.failNext(plan.nextBoolean() ? Failing.KEPT : Failing.LOST);
            case FULL_DISK -> fill(anyone());
            case OLD_COPY -> loseMemory(fault, store -> store.restore(1 + plan.nextInt(60)));
            case LOST_DISK -> loseMemory(fault, store -> store.wipe("the disk is new"));
            case LOST_HOME -> loseMemory(fault, MemoryStore::forgetKnowingly);
            case SKEW -> skew();
            case DRIFT -> anyone().clock.rate(cluster.nowMillis(), 50 + plan.nextInt(250));
            case PAUSE ->
                    anyone().frozenUntilMillis = cluster.nowMillis() + 500 + plan.nextInt(2_000);
            case FORGERY -> forge();
            case WALL -> wall(anyone());
            case READ_ERROR -> anyone().failARead(1 + plan.nextInt(200));
        }
    }

    private void felt(Fault fault, boolean isFelt) {
        if (isFelt) {
            cluster.felt().by(fault);
        }
    }

    private void wall(SimNode hidden) {
        int index = cluster.index(hidden);
        cluster.network().wall(index, true);
        // Long enough that others give up knocking and let themselves be opened to.
        cluster.at(3_000 + plan.nextInt(4_000), () -> cluster.network().wall(index, false));
    }

    private void later(Runnable end) {
        cluster.at(300 + plan.nextInt(4_000), end);
    }

    private SimNode anyone() {
        return cluster.nodes.get(plan.nextInt(settings.total()));
    }

    private boolean[][] ways(Fault fault) {
        int count = settings.total();
        boolean[][] cut = new boolean[count][count];
        int one = plan.nextInt(count);
        int other = plan.nextInt(count);
        boolean[] side = new boolean[count];
        for (int i = 0; i < count; i++) {
            side[i] = plan.nextBoolean();
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                int apart = Math.floorMod(i - j, count);
                cut[i][j] =
                        switch (fault) {
                            case ONE_WAY_LINK -> i == one && j == other;
                            case ISOLATION -> (i == one) != (j == one);
                            case RING -> apart > 1 && apart < count - 1;
                            case BRIDGE -> i != one && j != one && side[i] != side[j];
                            case ONE_WAY_PARTITION -> side[i] && !side[j];
                            default -> side[i] != side[j];
                        };
            }
        }
        return cut;
    }

    private void flap(SimNode one, SimNode other, int times) {
        if (one == other || times == 0) {
            return;
        }
        boolean[][] ways = new boolean[settings.total()][settings.total()];
        ways[cluster.index(one)][cluster.index(other)] = true;
        ways[cluster.index(other)][cluster.index(one)] = true;
        Cut cut = cluster.network().cut(ways, Fault.FLAPPING);
        cluster.wiring().link(one, other, false);
        cluster.at(
                20 + plan.nextInt(200),
                () -> {
                    cluster.network().heal(cut);
                    cluster.wiring().link(one, other, true);
                    cluster.at(20 + plan.nextInt(200), () -> flap(one, other, times - 1));
                });
    }

    /** A process ends and is started again later; whether there was one. */
    boolean crash(SimNode victim) {
        if (!victim.isUp()) {
            return false;
        }
        cluster.kill(victim);
        cluster.at(200 + plan.nextInt(longestAwayMillis), () -> restart(victim));
        return true;
    }

    private void restart(SimNode victim) {
        if (!victim.isUp()) {
            cluster.start(victim);
        }
    }

    /**
     * Little room is left, or none at all. In a long run somebody makes room after a while and
     * starts it anew.
     */
    private void fill(SimNode victim) {
        int more = plan.nextInt(1 << 30);
        victim.room(more % 3 == 0 ? 0 : LITTLE_ROOM_BYTES + more);
        if (settings.chaosMillis() > ROOM_AFTER_MILLIS) {
            cluster.at(
                    ROOM_AFTER_MILLIS,
                    () -> {
                        if (victim.store.freeBytes() < Long.MAX_VALUE) {
                            victim.room(Long.MAX_VALUE);
                            crash(victim);
                        }
                    });
        }
    }

    /** Only ever of the last f members, so that enough remember what they signed. */
    private void loseMemory(Fault fault, Consumer<MemoryStore> loss) {
        if (settings.faulty() == 0) {
            return;
        }
        SimNode victim = liar();
        if (victim.isUp()) {
            cluster.kill(victim);
        }
        long before = victim.store.tip().height() + victim.store.unfinal();
        loss.accept(victim.store);
        felt(fault, victim.store.tip().height() + victim.store.unfinal() < before);
        cluster.at(200 + plan.nextInt(3_000), () -> restart(victim));
    }

    private SimNode liar() {
        return cluster.nodes.get(settings.nodes() - 1 - plan.nextInt(settings.faulty()));
    }

    private void skew() {
        anyone().clock.wallOffset(offset(MOST_SKEW_OF_ALL_MILLIS));
        if (settings.faulty() > 0) {
            liar().clock.wallOffset(offset(MOST_SKEW_OF_LIARS_MILLIS));
        }
    }

    private long offset(long most) {
        return plan.nextLong(2 * most) - most;
    }

    /** A member shows everybody that the next views were given up, which nobody signed. */
    private void forge() {
        if (settings.faulty() == 0) {
            return;
        }
        SimNode forger = liar();
        SimNode target = anyone();
        if (!target.isUp() || target == forger) {
            return;
        }
        Epoch epoch = target.core().view().epoch();
        long view = target.core().view().standing().view() + plan.nextInt(2);
        var ballot =
                new Ballot(VoteKind.NULLIFY, epoch.number(), epoch.configHash(), view, Hash.NONE);
        List<Integer> signers = new ArrayList<>();
        List<Signature> signatures = new ArrayList<>();
        for (int i = 0; i < cluster.oracle.quorum(epoch.number()); i++) {
            signers.add(i);
            signatures.add(Signature.of(new byte[Signature.SIZE_BYTES]));
        }
        Certificate forged = new Certificate(ballot, signers, signatures);
        cluster.inject(forger, target, new Message.Consensus(new Certificates(List.of(forged))));
    }
}
