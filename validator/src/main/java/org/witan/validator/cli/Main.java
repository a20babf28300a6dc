package org.witan.validator.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the {@code witan} command. */
@Command(
        name = "witan",
        description = "Run and inspect a validator of a Witan network.",
        mixinStandardHelpOptions = true,
        version = Main.VERSION,
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    static final String VERSION = "witan 0.1.0";

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Command(description = "Print the version.")
    int version() {
        System.out.println(VERSION);
        return 0;
    }
}
