package org.witan.validator.consensus.liars;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Twins in larger networks, by chance: f of 7 or of 10 members run twice, and in each of the first
 * views the seats fall into up to three groups. Views have leaders of the seed's choice, a twin in
 * one of two.
 *
 * @param seed all of it
 */
record ManyTwins(long seed) {
    /** How many views have a leader and groups of their own. */
    static final int VIEWS = 6;

    /** The first so many. */
    static List<ManyTwins> first(int count) {
        return LongStream.range(0, count).mapToObj(ManyTwins::new).toList();
    }

    int members() {
        return seed % 2 == 0 ? 7 : 10;
    }

    /** The first members, each of whom runs twice. */
    int twins() {
        return (members() - 1) / 3;
    }

    /** Which member leads a view from 1; afterwards they take turns. */
    int leader(long view) {
        if (view > VIEWS) {
            return (int) (view % members());
        }
        SplittableRandom random = of(view);
        return random.nextBoolean() ? random.nextInt(twins()) : random.nextInt(members());
    }

    /** Whether two seats hear each other when one speaks in this view. */
    boolean connects(int one, int other, long view) {
        return view > VIEWS || group(one, view) == group(other, view);
    }

    private int group(int seat, long view) {
        SplittableRandom random = of(view);
        int groups = 1 + random.nextInt(3);
        random = new SplittableRandom(random.nextLong() + seat);
        // Two groups that can both reach a quorum only with a twin in each are what hurts.
        return groups == 1 ? 0 : random.nextInt(groups);
    }

    private SplittableRandom of(long view) {
        return new SplittableRandom(seed * 1_000 + view);
    }
}
