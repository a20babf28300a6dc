package org.witan.genesis.cli.ceremony;

import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.words.SixWords;

/** Compares a network id with what people told each other: 64 hex digits or six words. */
final class Expectation {
    private Expectation() {}

    /**
     * Refuses any other id than the expected one.
     *
     * @throws OperatorError {@code GENESIS_MISMATCH} (exit 6); {@code USAGE} if {@code expected} is
     *     neither an id nor six words
     */
    static void check(NetworkId found, String expected) {
        String text = expected.strip();
        boolean same;
        if (text.matches("(?i)[0-9a-f]{64}")) {
            same = text.equalsIgnoreCase(found.toString());
        } else if (text.matches("(?i)wn-[0-9a-f]{8}")) {
            throw unusable(text, "a short id has 32 bits, which somebody could match on purpose");
        } else {
            same = words(text).equals(SixWords.of(found.hash()));
        }
        if (!same) {
            throw new OperatorError(
                    ExitCode.VERIFICATION_FAILED,
                    "GENESIS_MISMATCH",
                    "the file founds another network than expected",
                    "expected  " + text + "\nfound     " + found + "  " + SixWords.of(found.hash()),
                    "ask for the file again, and compare with: witan genesis diff");
        }
    }

    private static SixWords words(String text) {
        try {
            return SixWords.parse(text);
        } catch (IllegalArgumentException bad) {
            throw unusable(text, String.valueOf(bad.getMessage()));
        }
    }

    private static OperatorError unusable(String text, String why) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                "'" + text + "' is no network id",
                why,
                "give all 64 hex digits or the six words");
    }
}
