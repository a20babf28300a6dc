package org.witan.validator.cli.config;

/** A number of heights as the configuration writes it: {@code 64}, or {@code all}. */
final class Heights {
    private static final String ALL = "all";

    private Heights() {}

    /**
     * From 1; {@code all} is more than a ledger will ever have.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static int parse(String text) {
        if (text.equals(ALL)) {
            return Integer.MAX_VALUE;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no number of heights from 1 to 999999999, and not all");
        }
        return Integer.parseInt(text);
    }
}
