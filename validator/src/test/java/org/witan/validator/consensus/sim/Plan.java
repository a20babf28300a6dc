package org.witan.validator.consensus.sim;

import java.util.SplittableRandom;

/**
 * How bad one run's world is; drawn from the seed, then changed by a test that wants more of
 * something.
 *
 * @param members size of the network
 * @param twins members that run twice with one key and keep no rules, at most f
 * @param lossPercent messages that vanish
 * @param repeatPercent messages that come twice
 * @param delayMillis greatest delay of a message
 * @param crashes how often one node crashes
 * @param powerCuts how often all crash at once
 * @param partitions how often the network falls apart
 * @param boundaryEvery height at whose multiples an epoch ends, 0 for never
 * @param invalidPercent blocks of twins that are invalid
 * @param faultyMillis how long the bad time lasts
 * @param codec whether messages go through their bytes
 */
record Plan(
        int members,
        int twins,
        int lossPercent,
        int repeatPercent,
        int delayMillis,
        int crashes,
        int powerCuts,
        int partitions,
        int boundaryEvery,
        int invalidPercent,
        int faultyMillis,
        boolean codec) {
    private static final int[] SIZES = {4, 4, 4, 1, 5, 7};

    static Plan of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        int members = SIZES[Math.floorMod(seed, SIZES.length)];
        int faults = (members - 1) / 3;
        return new Plan(
                members,
                faults == 0 ? 0 : random.nextInt(faults + 1),
                random.nextInt(31),
                random.nextInt(20),
                1 + random.nextInt(150),
                random.nextInt(12),
                random.nextInt(3),
                random.nextInt(4),
                random.nextInt(3) == 0 ? 7 : 0,
                random.nextInt(30),
                20_000,
                random.nextInt(10) == 0);
    }

    /** A world with one liar, much loss and no other trouble. */
    static Plan liar(int members) {
        return new Plan(members, (members - 1) / 3, 20, 5, 120, 0, 0, 0, 0, 10, 20_000, false);
    }

    /** A world in which nodes crash all the time. */
    Plan crashing(int times, int cuts) {
        return new Plan(
                members,
                twins,
                lossPercent,
                repeatPercent,
                delayMillis,
                times,
                cuts,
                partitions,
                boundaryEvery,
                invalidPercent,
                faultyMillis,
                codec);
    }
}
