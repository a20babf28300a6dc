package org.witan.genesis.json;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a misspelt name. */
public final class Nearest {
    private static final int MAX_LENGTH = 40;

    private Nearest() {}

    /** The known name that at most two changed letters, or only capitals, lie between. */
    public static Optional<String> of(String name, Collection<String> known) {
        String best = "";
        int bestDistance = 3;
        if (name.length() <= MAX_LENGTH) {
            String lower = name.toLowerCase(Locale.ROOT);
            for (String candidate : known) {
                // Each letter that one has more must be inserted or deleted.
                if (Math.abs(name.length() - candidate.length()) >= bestDistance) {
                    continue;
                }
                int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
                if (distance < bestDistance && distance < candidate.length()) {
                    best = candidate;
                    bestDistance = distance;
                }
            }
        }
        return bestDistance < 3 ? Optional.of(best) : Optional.empty();
    }

    /** Letters to insert, delete or change to make one text of the other (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
