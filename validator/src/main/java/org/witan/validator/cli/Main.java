package org.witan.validator.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.witan.genesis.cli.Failures;
import org.witan.genesis.cli.GlobalOptions;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The entry point of {@code witan}.
 *
 * <p>Only the verbs that are named among the arguments are built, since building all of them takes
 * longer than most of them run. A call that names none gets all, for the help and for suggestions.
 */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // What it says is English, and so are the numbers in it, whatever the host's language is.
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments, utf8(System.out), utf8(System.err)));
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    /** Runs one command; the answer is the exit code. */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        if (arguments.length == 1 && Set.of("version", "--version", "-V").contains(arguments[0])) {
            out.println(Version.line());
            out.flush();
            return 0;
        }
        return commandLine(arguments).setOut(out).setErr(err).execute(arguments);
    }

    /** The root command with those verbs that {@code arguments} name, or with all of them. */
    static CommandLine commandLine(String... arguments) {
        CommandSpec root = CommandSpec.create().name("witan");
        root.usageMessage()
                .description("Run and inspect a validator of a Witan network.")
                .synopsisSubcommandLabel("VERB");
        root.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
        root.addMixin(GlobalOptions.MIXIN, CommandSpec.forAnnotatedObject(new GlobalOptions()));
        CommandLine line = new CommandLine(root);
        boolean all = Arrays.asList(arguments).contains("completion");
        boolean any = Arrays.stream(arguments).anyMatch(Verbs.NAMES::contains);
        for (String verb : Verbs.NAMES) {
            if (all || !any || Arrays.asList(arguments).contains(verb)) {
                line.addSubcommand(verb, Verbs.create(verb));
            }
        }
        return Failures.install(line)
                .setUsageHelpAutoWidth(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
    }
}
