package org.witan.validator.sim.carry;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.witan.validator.sim.plan.Fault;
import org.witan.validator.sim.plan.Felt;
import org.witan.validator.sim.plan.Settings;

/** What happens to a message on its way: loss, delay, duplication, cuts, narrow ways. */
public final class SimNetwork {
    /** What would wait longer than this before a narrow way is dropped, as from a full queue. */
    private static final long LONGEST_QUEUE_MILLIS = 2_000;

    private static final int BURST_MILLIS = 2_000;

    private final Settings settings;
    private final SplittableRandom random;
    private final Felt felt;
    private final List<Cut> cuts = new ArrayList<>();
    private final int[][] bytesPerSecond;
    private final long[][] freeAtMillis;
    private final long[][] lastArrivesMillis;
    private final boolean[] walled;
    private final int[] lagMillis;
    private int bursts;
    private boolean calm;

    /** Ways that nothing passes, and why. */
    public record Cut(boolean[][] ways, Fault why) {}

    public SimNetwork(Settings settings, SplittableRandom random, Felt felt) {
        this.settings = settings;
        this.random = random;
        this.felt = felt;
        bytesPerSecond = new int[settings.total()][settings.total()];
        freeAtMillis = new long[settings.total()][settings.total()];
        lastArrivesMillis = new long[settings.total()][settings.total()];
        walled = new boolean[settings.total()];
        lagMillis = new int[settings.total()];
    }

    /** From now on nothing is lost and everything is quick. */
    public void calm() {
        calm = true;
        heal();
    }

    /** Cuts the ways between two groups, in one direction only if so asked. */
    public Cut part(boolean[] side, boolean oneWay) {
        boolean[][] cut = new boolean[side.length][side.length];
        for (int i = 0; i < side.length; i++) {
            for (int j = 0; j < side.length; j++) {
                cut[i][j] = side[i] != side[j] && (!oneWay || side[i]);
            }
        }
        return cut(cut, Fault.PARTITION);
    }

    /** Cuts these ways, from the first index to the second, besides all that are cut. */
    public Cut cut(boolean[][] ways, Fault why) {
        Cut cut = new Cut(ways, why);
        cuts.add(cut);
        return cut;
    }

    /** Takes one cut back. */
    public void heal(Cut cut) {
        cuts.remove(cut);
    }

    /** All ways are open and wide. */
    public void heal() {
        cuts.clear();
        narrow(0);
        java.util.Arrays.fill(walled, false);
        bursts = 0;
    }

    /** All ways carry so much from now on; 0 for any amount. */
    public void narrow(int most) {
        for (int[] row : bytesPerSecond) {
            java.util.Arrays.fill(row, most);
        }
    }

    /** A time of long delays begins or ends. */
    public void burst(boolean begins) {
        bursts = Math.max(0, bursts + (begins ? 1 : -1));
    }

    /** Whether nothing passes now. */
    public boolean isCut(int from, int to) {
        for (Cut cut : cuts) {
            if (cut.ways[from][to]) {
                felt.by(cut.why);
                return true;
            }
        }
        return false;
    }

    /** What this node sends takes so much longer from now on, message by message. */
    public void lag(int node, int millis) {
        lagMillis[node] = millis;
    }

    /** From now on nobody can open a link to this node, or everybody again. */
    public void wall(int node, boolean stands) {
        walled[node] = stands && !calm;
    }

    /** Whether nobody can open a link to this node; it opens to others, and links go on. */
    boolean isWalled(int node) {
        if (walled[node]) {
            felt.by(Fault.WALL);
        }
        return walled[node];
    }

    /** A number from 0 to 1. */
    double chance() {
        return random.nextDouble();
    }

    /** Delays in milliseconds after which copies of a message arrive; none if it is lost. */
    public List<Long> deliveries(int from, int to, int bytes, long nowMillis) {
        List<Long> delays = new ArrayList<>(2);
        if (isCut(from, to) || happens(Fault.LOSS, settings.ways().lossPercent())) {
            return delays;
        }
        long queued = queue(from, to, bytes, nowMillis);
        if (queued > LONGEST_QUEUE_MILLIS) {
            return delays;
        }
        delays.add(queued + delay() + lagMillis[from]);
        long arrives = nowMillis + delays.getFirst();
        if (arrives < lastArrivesMillis[from][to]) {
            felt.by(Felt.OVERTAKEN);
        }
        lastArrivesMillis[from][to] = arrives;
        if (happens(Fault.DUPLICATES, settings.ways().duplicatePercent())) {
            delays.add(queued + delay());
        }
        return delays;
    }

    /** How long bytes take to leave on a way of which the bytes before are gone. */
    long passing(int from, int to, int bytes) {
        int width = bytesPerSecond[from][to];
        if (width == 0 || calm) {
            return 0;
        }
        long takes = 1000L * bytes / width;
        heldBack(takes);
        return takes;
    }

    /** How long what arrives in any case takes, sent again whenever it was lost. */
    long wait(int sendAgainMillis) {
        long whole = delay();
        while (happens(Fault.LOSS, settings.ways().lossPercent())) {
            whole += sendAgainMillis;
        }
        return whole;
    }

    private boolean happens(Fault fault, int percent) {
        boolean happens = !calm && settings.has(fault) && random.nextInt(100) < percent;
        if (happens) {
            felt.by(fault);
        }
        return happens;
    }

    /** How long a message waits for those before it, and for itself to pass. */
    private long queue(int from, int to, int bytes, long nowMillis) {
        int width = bytesPerSecond[from][to];
        if (width == 0) {
            return 0;
        }
        long begin = Math.max(nowMillis, freeAtMillis[from][to]);
        heldBack(begin - nowMillis);
        if (begin - nowMillis > LONGEST_QUEUE_MILLIS) {
            return Long.MAX_VALUE;
        }
        long takes = 1000L * bytes / width;
        heldBack(takes);
        freeAtMillis[from][to] = begin + takes;
        return freeAtMillis[from][to] - nowMillis;
    }

    /** Something comes so much later since its way is narrow, if at all. */
    private void heldBack(long millis) {
        if (millis > 0) {
            felt.by(Fault.NARROW);
        }
    }

    private long delay() {
        if (calm) {
            return 1L + random.nextInt(5);
        }
        Settings.Ways ways = settings.ways();
        long usual = random.nextInt(ways.minDelayMillis(), ways.maxDelayMillis() + 1);
        if (bursts == 0) {
            return usual;
        }
        felt.by(Fault.DELAY_BURST);
        return usual + random.nextInt(BURST_MILLIS);
    }
}
