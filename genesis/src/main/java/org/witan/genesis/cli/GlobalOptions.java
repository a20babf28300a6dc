package org.witan.genesis.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * The options that every verb takes, before or after its name, and where its words go.
 *
 * <p>Data goes to the command's output, talk to its error output. The root command holds the one
 * object under the name {@link #MIXIN}; a verb of any module asks {@link #of}.
 */
public final class GlobalOptions {
    /** Name of the root command's mixin. */
    public static final String MIXIN = "global";

    private static final String HOME_VARIABLE = "WITAN_HOME";
    private static final String NODE_VARIABLE = "WITAN_NODE";

    /** How data is written. */
    public enum Format {
        /** Lines for people. */
        TEXT,
        /** One JSON value on one line. */
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            scope = ScopeType.INHERIT,
            description = "text (default) or json")
    private Format format = Format.TEXT;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "a node's folder (WITAN_HOME)")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "F",
            scope = ScopeType.INHERIT,
            description = "configuration file; default witan.yaml in the home")
    private @Nullable Path config;

    @Option(
            names = "--node",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "HTTP address of a node (WITAN_NODE)")
    private @Nullable String node;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            scope = ScopeType.INHERIT,
            converter = DurationConverter.class,
            description = "longest time to wait, such as 30s")
    private @Nullable Duration timeout;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "data and errors only")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "more on the way, and the place in the code of a bug")
    private boolean verbose;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours")
    private boolean noColor;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            description = "answer yes to every question")
    private boolean yes;

    @Option(
            names = "--dry-run",
            scope = ScopeType.INHERIT,
            description = "say what would be done, change nothing")
    private boolean dryRun;

    /**
     * The options that the command of {@code spec} was called with; the defaults without a root.
     */
    public static GlobalOptions of(CommandSpec spec) {
        CommandSpec mixin = spec.root().mixins().get(MIXIN);
        return mixin != null && mixin.userObject() instanceof GlobalOptions options
                ? options
                : new GlobalOptions();
    }

    /** Whether data is wanted as JSON. */
    public boolean json() {
        return format == Format.JSON;
    }

    /** The node's folder: the option, else the environment. */
    public Optional<Path> home() {
        return Optional.ofNullable(home).or(() -> environment(HOME_VARIABLE).map(Path::of));
    }

    /** The configuration file, if one was named. */
    public Optional<Path> config() {
        return Optional.ofNullable(config);
    }

    /** The address of a node, if one was named: the option, else the environment. */
    public Optional<String> node() {
        return Optional.ofNullable(node).or(() -> environment(NODE_VARIABLE));
    }

    /** How long to wait, if that was said. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** Whether talk is unwanted. */
    public boolean quiet() {
        return quiet;
    }

    /** Whether more talk is wanted. */
    public boolean verbose() {
        return verbose;
    }

    /** Whether colours are allowed: not forbidden here or by {@code NO_COLOR}, and a terminal. */
    public boolean color() {
        return !noColor && environment("NO_COLOR").isEmpty() && isTerminal();
    }

    /** Whether every question is answered with yes. */
    public boolean yes() {
        return yes;
    }

    /**
     * Asks the person at the terminal; where there is none, to have called the command is consent.
     *
     * @throws OperatorError CANCELLED if the answer is not yes
     */
    public void confirm(String question) {
        Console console = System.console();
        if (yes || console == null || !isTerminal()) {
            return;
        }
        String answer = console.readLine("%s [y/N] ", question);
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw new OperatorError(
                    ExitCode.CANCELLED,
                    "CANCELLED",
                    "nothing was done",
                    "the answer was not yes",
                    "-y answers yes to every question");
        }
    }

    /** Whether nothing may be changed. */
    public boolean dryRun() {
        return dryRun;
    }

    /** Whether a person sits at both ends; only then may a command ask or redraw. */
    public static boolean isTerminal() {
        return System.console() != null && System.console().isTerminal();
    }

    /**
     * Prints data in the form that was asked for.
     *
     * @param lines for people
     * @param json a value that {@link Json} writes
     */
    public void print(CommandSpec spec, List<String> lines, Object json) {
        PrintWriter out = out(spec);
        if (json()) {
            out.println(Json.text(json));
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }

    /** Says something on the error output that is no data, unless quiet was asked for. */
    public void say(CommandSpec spec, String line) {
        if (!quiet) {
            PrintWriter err = spec.commandLine().getErr();
            err.println(line);
            err.flush();
        }
    }

    private static PrintWriter out(CommandSpec spec) {
        return spec.commandLine().getOut();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    static final class DurationConverter implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            try {
                return Units.duration(value);
            } catch (IllegalArgumentException bad) {
                throw new CommandLine.TypeConversionException(bad.getMessage());
            }
        }
    }
}
