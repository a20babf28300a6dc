package org.witan.validator.sim;

import java.util.SplittableRandom;

/**
 * What a seed makes of a run.
 *
 * @param nodes size of the network
 * @param spares nodes that the founding does not name
 * @param lossPercent messages that never arrive
 * @param duplicatePercent messages that arrive twice
 * @param minDelayMillis least time on the way
 * @param maxDelayMillis greatest time on the way
 * @param crashes processes that are killed during the first phase
 * @param powerCuts moments at which all processes are killed at once
 * @param partitions times that the network falls apart
 * @param chaosMillis length of the first phase
 * @param clientMillis mean pause between two clients' writes
 * @param bug a mistake to plant
 */
record Settings(
        int nodes,
        int spares,
        int lossPercent,
        int duplicatePercent,
        int minDelayMillis,
        int maxDelayMillis,
        int crashes,
        int powerCuts,
        int partitions,
        int chaosMillis,
        int clientMillis,
        Bug bug) {
    /** Mild to rough, as the seed has it. */
    static Settings of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        int[] sizes = {4, 4, 4, 5, 7, 1};
        int nodes = sizes[random.nextInt(sizes.length)];
        boolean calm = random.nextInt(5) == 0;
        return new Settings(
                nodes,
                0,
                calm ? 0 : random.nextInt(25),
                calm ? 0 : random.nextInt(10),
                1,
                calm ? 5 : 5 + random.nextInt(150),
                calm ? 0 : random.nextInt(5),
                random.nextInt(4) == 0 ? 1 : 0,
                calm || nodes == 1 ? 0 : random.nextInt(4),
                12_000,
                40 + random.nextInt(200),
                Bug.NONE);
    }

    /** Four nodes that crash all the time: where planted bugs show. */
    static Settings rough(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 17 + 3);
        return new Settings(4, 0, random.nextInt(20), 5, 1, 60, 25, 3, 2, 12_000, 50, Bug.NONE);
    }

    /** A few founders and some that join them, with faults as the seed has it. */
    static Settings membership(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 13 + 5);
        int[] sizes = {4, 4, 5, 6, 7, 7, 10};
        int founders = sizes[random.nextInt(sizes.length)];
        boolean calm = random.nextInt(4) == 0;
        return new Settings(
                founders,
                random.nextInt(founders < 10 ? 3 : 4),
                calm ? 0 : random.nextInt(15),
                calm ? 0 : random.nextInt(8),
                1,
                calm ? 5 : 5 + random.nextInt(80),
                calm ? 0 : random.nextInt(4),
                0,
                0,
                0,
                60 + random.nextInt(150),
                Bug.NONE);
    }

    /** A quiet network in which nothing happens that a test does not do. */
    static Settings calm(int nodes) {
        return new Settings(nodes, 0, 0, 0, 1, 3, 0, 0, 0, 0, 20, Bug.NONE);
    }

    /** The same with nodes that the founding does not name. */
    Settings joinedBy(int newcomers) {
        return of(newcomers, bug);
    }

    /** The same with a mistake planted. */
    Settings with(Bug planted) {
        return of(spares, planted);
    }

    private Settings of(int newcomers, Bug planted) {
        return new Settings(
                nodes,
                newcomers,
                lossPercent,
                duplicatePercent,
                minDelayMillis,
                maxDelayMillis,
                crashes,
                powerCuts,
                partitions,
                chaosMillis,
                clientMillis,
                planted);
    }

    /** Mistakes that are planted into a simulated node, to see that the simulation finds them. */
    enum Bug {
        /** None: the node as it is. */
        NONE,
        /** Votes are written but not synced before they are sent. */
        DROP_THE_SYNC,
        /** Messages leave before the turn's write is on disk. */
        SEND_BEFORE_SAVE,
        /** After a restart the node's own votes are not loaded. */
        FORGET_OWN_VOTES,
        /** A restart finds the disk as it was some batches ago. */
        RESTORE_AN_OLD_DISK,
        /** A client is told that its write is final when the pool has it. */
        ACKNOWLEDGE_EARLY,
        /** A new epoch's votes are written before the block that ends the old one. */
        VOTE_BEFORE_THE_BOUNDARY,
        /** The set of the old epoch is written down as that of the new one. */
        KEEP_THE_OLD_SET,
        /** After its key was replaced a node goes on signing with the old one. */
        SIGN_WITH_THE_OLD_KEY
    }
}
