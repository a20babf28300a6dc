package org.witan.validator.sim.plan;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.witan.validator.pool.PoolLimits;

/**
 * What a seed makes of a run.
 *
 * @param nodes size of the network
 * @param spares nodes that the founding does not name
 * @param faults what goes wrong, each with how often it happens in the first phase
 * @param ways how messages travel
 * @param chaosMillis length of the first phase
 * @param clientMillis mean pause between two clients' writes
 * @param bug a mistake to plant
 */
public record Settings(
        int nodes,
        int spares,
        Map<Fault, Integer> faults,
        Ways ways,
        int chaosMillis,
        int clientMillis,
        Bug bug) {
    private static final PoolLimits SMALL_POOL = new PoolLimits(24, 1 << 20, 12, 1 << 19);
    private static final int[] SIZES = {4, 4, 4, 4, 4, 4, 5, 5, 7, 7, 10, 1};
    private static final Carriage[] CARRIAGES = {
        Carriage.VALUES,
        Carriage.VALUES,
        Carriage.VALUES,
        Carriage.VALUES,
        Carriage.VALUES,
        Carriage.BYTES,
        Carriage.RECORDS,
        Carriage.RECORDS
    };
    private static final int[] WIPED_SIZES = {4, 4, 5, 7, 10};

    /** Nodes of a run from four to seven, to four, to thirteen. */
    public static final int WALKERS = 16;

    private static final int LASTING_MILLIS = 600_000;
    private static final int LASTING_TIMES = 12;
    private static final int[] FOUNDERS = {4, 4, 5, 6, 7, 7, 10};

    private static final EnumSet<Fault> LATER = EnumSet.of(Fault.WALL, Fault.READ_ERROR);

    /** Besides loss, duplicates and crashes. None needs to know who may lie in which epoch. */
    private static final Set<Fault> WHILE_MEMBERS_CHANGE =
            EnumSet.of(
                    Fault.DELAY_BURST,
                    Fault.ONE_WAY_LINK,
                    Fault.PARTITION,
                    Fault.ONE_WAY_PARTITION,
                    Fault.ISOLATION,
                    Fault.RING,
                    Fault.BRIDGE,
                    Fault.FLAPPING,
                    Fault.NARROW,
                    Fault.POWER_CUT,
                    Fault.WRITE_ERROR,
                    Fault.FULL_DISK,
                    Fault.DRIFT,
                    Fault.PAUSE,
                    Fault.RETRIES);

    /**
     * How messages travel.
     *
     * @param lossPercent messages that never arrive, if {@link Fault#LOSS} is among the faults
     * @param duplicatePercent messages that arrive twice, if {@link Fault#DUPLICATES} is
     * @param minDelayMillis least time on the way
     * @param maxDelayMillis greatest time on the way
     * @param carriage in which form
     */
    public record Ways(
            int lossPercent,
            int duplicatePercent,
            int minDelayMillis,
            int maxDelayMillis,
            Carriage carriage) {}

    /** In which form messages travel. */
    public enum Carriage {
        /** As they are; each may be lost, come twice and overtake others. */
        VALUES,
        /** Encoded and decoded; otherwise as values. */
        BYTES,
        /** In the records of links, which keep their order, and end instead of losing anything. */
        RECORDS
    }

    /** Mild to rough, as the seed has it: each run has a different third of all faults. */
    public static Settings of(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + 7);
        int nodes = SIZES[random.nextInt(SIZES.length)];
        boolean calm = random.nextInt(8) == 0;
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        for (Fault fault : EnumSet.complementOf(LATER)) {
            if (!calm && random.nextInt(3) == 0) {
                faults.put(fault, 1 + random.nextInt(3));
            }
        }
        faults.remove(Fault.LOST_HOME);
        Ways ways =
                new Ways(
                        1 + random.nextInt(30),
                        1 + random.nextInt(10),
                        1,
                        calm ? 5 : 5 + random.nextInt(150),
                        CARRIAGES[random.nextInt(CARRIAGES.length)]);
        if (!calm) {
            later(new SplittableRandom(seed), ways, faults);
        }
        int chaosMillis = nodes > 5 ? 8_000 : 12_000;
        int clientMillis = (nodes > 5 ? 100 : 40) + random.nextInt(200);
        return new Settings(nodes, 0, faults, ways, chaosMillis, clientMillis, Bug.NONE);
    }

    /** What came to be simulated after the others, so that they stay as their seeds had them. */
    private static void later(SplittableRandom random, Ways ways, Map<Fault, Integer> faults) {
        if (ways.carriage == Carriage.RECORDS) {
            faults.put(Fault.WALL, 2 + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            faults.put(Fault.READ_ERROR, 1 + random.nextInt(3));
        }
    }

    /** Ten minutes, in which each kind of trouble that the seed has comes again and again. */
    public static Settings lasting(long seed) {
        Settings brief = of(seed);
        Map<Fault, Integer> often = new EnumMap<>(Fault.class);
        brief.faults.forEach((fault, times) -> often.put(fault, times * LASTING_TIMES));
        return new Settings(
                brief.nodes,
                0,
                often,
                brief.ways,
                LASTING_MILLIS,
                5 * brief.clientMillis,
                Bug.NONE);
    }

    /** Homes are lost, all but the key, while messages are lost and others crash. */
    public static Settings wipes(long seed) {
        Settings rough = of(seed);
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        faults.putAll(rough.faults);
        faults.put(Fault.LOST_HOME, 2);
        faults.put(Fault.LOSS, 1);
        faults.put(Fault.CRASH, 3);
        faults.remove(Fault.OLD_COPY);
        faults.remove(Fault.LOST_DISK);
        int nodes = WIPED_SIZES[(int) (seed % WIPED_SIZES.length)];
        return new Settings(
                nodes, 0, faults, rough.ways, rough.chaosMillis, rough.clientMillis, Bug.NONE);
    }

    /** Four nodes that crash all the time: where planted bugs show. */
    static Settings rough(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 17 + 3);
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        faults.put(Fault.LOSS, 1);
        faults.put(Fault.DUPLICATES, 1);
        faults.put(Fault.CRASH, 25);
        faults.put(Fault.POWER_CUT, 3);
        faults.put(Fault.PARTITION, 2);
        faults.put(Fault.RETRIES, 1);
        Ways ways = new Ways(random.nextInt(20), 5, 1, 60, Carriage.VALUES);
        return new Settings(4, 0, faults, ways, 12_000, 50, Bug.NONE);
    }

    /** A few founders and some that join them, with faults as the seed has it. */
    public static Settings membership(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 13 + 5);
        int founders = FOUNDERS[random.nextInt(FOUNDERS.length)];
        boolean calm = random.nextInt(4) == 0;
        int spares = random.nextInt(founders < 10 ? 3 : 4);
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        int crashes = random.nextInt(4);
        if (!calm) {
            faults.put(Fault.LOSS, 1);
            faults.put(Fault.DUPLICATES, 1);
            faults.put(Fault.CRASH, crashes);
            for (Fault fault : WHILE_MEMBERS_CHANGE) {
                if (random.nextInt(6) == 0) {
                    faults.put(fault, 1 + random.nextInt(2));
                }
            }
        }
        Ways ways =
                new Ways(
                        random.nextInt(15),
                        random.nextInt(8),
                        1,
                        calm ? 5 : 5 + random.nextInt(80),
                        CARRIAGES[random.nextInt(CARRIAGES.length)]);
        return new Settings(
                founders, spares, faults, ways, 12_000, 60 + random.nextInt(150), Bug.NONE);
    }

    /** Four founders and twelve that join them while some leave, for three minutes at most. */
    public static Settings walk(long seed) {
        Settings brief = membership(seed);
        Map<Fault, Integer> often = new EnumMap<>(Fault.class);
        brief.faults.forEach((fault, times) -> often.put(fault, times * 3));
        if (seed % 2 == 0) {
            often.put(seed % 4 == 0 ? Fault.LOST_HOME : Fault.OLD_COPY, 1);
        }
        return new Settings(4, WALKERS - 4, often, brief.ways, 60_000, 400, Bug.NONE);
    }

    /** Four nodes under mild trouble while a rule gets an extreme value. */
    public static Settings rules(long seed) {
        SplittableRandom random = new SplittableRandom(seed * 19 + 11);
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        faults.put(Fault.LOSS, 1);
        faults.put(Fault.CRASH, 2);
        faults.put(random.nextBoolean() ? Fault.PARTITION : Fault.POWER_CUT, 1);
        Ways ways = new Ways(1 + random.nextInt(8), 0, 1, 50, Carriage.VALUES);
        return new Settings(4, 0, faults, ways, 15_000, 300, Bug.NONE);
    }

    /** A quiet network in which nothing happens that a test does not do. */
    public static Settings calm(int nodes) {
        return new Settings(
                nodes, 0, Map.of(), new Ways(0, 0, 1, 3, Carriage.VALUES), 0, 20, Bug.NONE);
    }

    /** What pools hold. */
    public PoolLimits pool() {
        return has(Fault.SMALL_POOL) ? SMALL_POOL : PoolLimits.DEFAULT;
    }

    /** Founders and others. */
    public int total() {
        return nodes + spares;
    }

    /** Whether that goes wrong in this run. */
    public boolean has(Fault fault) {
        return faults.containsKey(fault);
    }

    /** How many members may lie, lose their disk or have a wrong clock. */
    public int faulty() {
        return (nodes - 1) / 3;
    }

    /** The same with nodes that the founding does not name. */
    public Settings joinedBy(int newcomers) {
        return new Settings(nodes, newcomers, faults, ways, chaosMillis, clientMillis, bug);
    }

    /** The same with a mistake planted. */
    public Settings with(Bug planted) {
        return new Settings(nodes, spares, faults, ways, chaosMillis, clientMillis, planted);
    }

    /** The same with messages that travel so. */
    public Settings with(Ways other) {
        return new Settings(nodes, spares, faults, other, chaosMillis, clientMillis, bug);
    }

    /** The same with messages in the records of links. */
    Settings inRecords() {
        return with(
                new Ways(
                        ways.lossPercent,
                        ways.duplicatePercent,
                        ways.minDelayMillis,
                        ways.maxDelayMillis,
                        Carriage.RECORDS));
    }

    /** The same with clients that write after so many milliseconds on average. */
    Settings withAClientEvery(int millis) {
        return new Settings(nodes, spares, faults, ways, chaosMillis, millis, bug);
    }

    /** The same with one more thing that goes wrong. */
    public Settings with(Fault fault, int times) {
        Map<Fault, Integer> more = new EnumMap<>(Fault.class);
        more.putAll(faults);
        more.put(fault, times);
        return new Settings(nodes, spares, more, ways, chaosMillis, clientMillis, bug);
    }
}
