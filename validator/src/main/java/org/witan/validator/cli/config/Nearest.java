package org.witan.validator.cli.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody may have meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known word with the fewest letters to insert, drop, change or swap; empty if more than a
     * third of it would change. Of equally near ones the first in alphabetical order.
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String wanted = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .sorted()
                .min(Comparator.comparingInt(candidate -> distance(wanted, candidate)))
                .filter(best -> distance(wanted, best) <= Math.max(2, best.length() / 3));
    }

    /** Optimal string alignment; words here have at most some dozens of letters. */
    private static int distance(String a, String b) {
        String shorter = a.length() > 64 ? a.substring(0, 64) : a;
        int[][] cost = new int[shorter.length() + 1][b.length() + 1];
        for (int i = 0; i <= shorter.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, shorter, b, i, j);
            }
        }
        return cost[shorter.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
                Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
