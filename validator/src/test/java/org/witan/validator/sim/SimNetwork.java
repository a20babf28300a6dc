package org.witan.validator.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What happens to a message on its way: loss, delay, duplication, partitions. */
final class SimNetwork {
    private final Settings settings;
    private final SplittableRandom random;
    private final boolean[][] cut;
    private boolean calm;

    SimNetwork(Settings settings, SplittableRandom random) {
        this.settings = settings;
        this.random = random;
        cut = new boolean[total(settings)][total(settings)];
    }

    private static int total(Settings settings) {
        return settings.nodes() + settings.spares();
    }

    /** From now on nothing is lost and everything is quick. */
    void calm() {
        calm = true;
        heal();
    }

    /** Cuts the way between two groups, in one direction only if so asked. */
    void part(boolean[] side, boolean oneWay) {
        for (int i = 0; i < side.length; i++) {
            for (int j = 0; j < side.length; j++) {
                cut[i][j] = side[i] != side[j] && (!oneWay || side[i]);
            }
        }
    }

    /** All ways are open. */
    void heal() {
        for (boolean[] row : cut) {
            java.util.Arrays.fill(row, false);
        }
    }

    /** Delays in milliseconds after which copies of a message arrive; none if it is lost. */
    List<Long> deliveries(int from, int to) {
        List<Long> delays = new ArrayList<>();
        if (cut[from][to] || !calm && random.nextInt(100) < settings.lossPercent()) {
            return delays;
        }
        delays.add(delay());
        if (!calm && random.nextInt(100) < settings.duplicatePercent()) {
            delays.add(delay());
        }
        return delays;
    }

    private long delay() {
        return calm
                ? 1 + random.nextInt(5)
                : random.nextInt(settings.minDelayMillis(), settings.maxDelayMillis() + 1);
    }
}
