package org.witan.genesis.failure;

import java.util.Locale;

/** Assertions that stay on in production: fail-stop beats wrong. */
public final class Check {
    private Check() {}

    /**
     * Halts the node unless {@code holds}.
     *
     * @throws InvariantBroken with the sentence
     */
    public static void invariant(boolean holds, String sentence) {
        if (!holds) {
            throw new InvariantBroken(sentence);
        }
    }

    /**
     * Halts the node unless {@code holds}; the sentence is formatted only when it does not.
     *
     * @throws InvariantBroken with the sentence
     */
    public static void invariant(boolean holds, String format, Object... values) {
        if (!holds) {
            throw new InvariantBroken(String.format(Locale.ROOT, format, values));
        }
    }
}
