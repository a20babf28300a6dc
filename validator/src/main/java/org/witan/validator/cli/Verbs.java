package org.witan.validator.cli;

import java.util.List;
import org.witan.validator.cli.config.ConfigCommand;

/** The verbs of {@code witan}, each in a class that is loaded only when it is needed. */
final class Verbs {
    /** Every verb, in the order of the help. */
    static final List<String> NAMES = List.of("config", "completion", "version");

    private Verbs() {}

    /** A new command for one of {@link #NAMES}. */
    static Object create(String verb) {
        return switch (verb) {
            case "config" -> new ConfigCommand();
            case "completion" -> new Completion();
            case "version" -> new Version();
            default -> throw new IllegalArgumentException(verb);
        };
    }
}
