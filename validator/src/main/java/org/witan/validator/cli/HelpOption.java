package org.witan.validator.cli;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code --help} for every verb. */
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "say how this is used")
    private boolean asked;

    /** Whether help was asked for. */
    boolean asked() {
        return asked;
    }
}
