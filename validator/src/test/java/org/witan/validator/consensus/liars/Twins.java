package org.witan.validator.consensus.liars;

import java.util.ArrayList;
import java.util.List;

/**
 * What the network does to a, who runs twice, and to b, c and d in the first four views: who leads
 * each, and who hears whom. After "Twins: BFT systems made robust" (2021).
 *
 * <p>A view is six bits: two for the leader, and one for each of a', b, c, d that tells whether it
 * is on the side of a. Names of honest members and of the copies do not matter; of the scenarios
 * that are the same but for names only the one of the least number is canonical.
 *
 * @param number all four views, the first in the lowest bits
 */
record Twins(int number) {
    /** How many views have a leader and a partition of their own. */
    static final int VIEWS = 4;

    private static final int BITS = 6;
    private static final int ALL = 1 << BITS * VIEWS;
    private static final int[][] ORDERS = {
        {1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}
    };

    /** The first so many canonical scenarios, in an order that mixes all kinds. */
    static List<Twins> canonical(int count) {
        List<Twins> found = new ArrayList<>();
        // An odd factor visits every number once; this one is 2^24 divided by the golden ratio.
        for (int i = 0; i < ALL && found.size() < count; i++) {
            Twins scenario = new Twins((int) (i * 10_368_889L % ALL));
            if (scenario.isCanonical()) {
                found.add(scenario);
            }
        }
        return found;
    }

    boolean isCanonical() {
        for (int[] order : ORDERS) {
            if (renamed(order, false) < number || renamed(order, true) < number) {
                return false;
            }
        }
        return true;
    }

    /** Which member leads a view from 1; afterwards they take turns. */
    int leader(long view) {
        return (int) (view > VIEWS ? view % 4 : bits(view) & 3);
    }

    /** Whether two seats (a, a', b, c, d) hear each other when one speaks in this view. */
    boolean connects(int one, int other, long view) {
        return view > VIEWS || side(one, bits(view)) == side(other, bits(view));
    }

    private int bits(long view) {
        return number >> BITS * (int) (view - 1) & (1 << BITS) - 1;
    }

    private static int side(int seat, int bits) {
        return seat == 0 ? 0 : bits >> 1 + seat & 1;
    }

    private int renamed(int[] order, boolean swapped) {
        int renamed = 0;
        for (int view = VIEWS; view >= 1; view--) {
            renamed = renamed << BITS | renamed(bits(view), order, swapped);
        }
        return renamed;
    }

    private static int renamed(int bits, int[] order, boolean swapped) {
        int leader = bits & 3;
        int first = swapped ? side(1, bits) : 0;
        int second = swapped ? 0 : side(1, bits);
        int renamed = leader == 0 ? 0 : order[leader - 1];
        renamed |= (second ^ first) << 2;
        for (int member = 1; member <= 3; member++) {
            renamed |= (side(member + 1, bits) ^ first) << 2 + order[member - 1];
        }
        return renamed;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("twins " + number);
        for (long view = 1; view <= VIEWS; view++) {
            text.append("; view ").append(view).append(" led by ");
            text.append("abcd".charAt(leader(view))).append(" apart from a:");
            for (int seat = 1; seat <= 4; seat++) {
                String name = List.of("a", "a'", "b", "c", "d").get(seat);
                text.append(connects(0, seat, view) ? "" : " " + name);
            }
        }
        return text.toString();
    }
}
