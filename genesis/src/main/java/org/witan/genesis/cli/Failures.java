package org.witan.genesis.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.InvariantBroken;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.file.SafeFiles;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells every failure of a command in three lines (what, why, what to try) or as JSON, and gives
 * the exit code.
 *
 * <p>Form: {@code error[CODE] what}, then what was found, then {@code try: what to do}, the latter
 * two indented by two spaces; as JSON {@code {"error":{"code","message","details","fix"}}}. Both go
 * to the error output.
 */
public final class Failures
        implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {

    /** Sets this handler, and the reading of arguments that all verbs share, on a root command. */
    public static CommandLine install(CommandLine root) {
        Failures failures = new Failures();
        return root.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false);
    }

    /** Tells a failure of a command that ran. */
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine command, ParseResult parseResult) {
        GlobalOptions options = GlobalOptions.of(command.getCommandSpec());
        tell(asOperatorError(failure), command.getErr(), options.json());
        if (options.verbose() && !(failure instanceof OperatorError)) {
            failure.printStackTrace(command.getErr());
            command.getErr().flush();
        }
        return asOperatorError(failure).exitCode().number();
    }

    /** Tells that the arguments are not what the verb takes. */
    @Override
    public int handleParseException(ParameterException bad, String[] arguments) {
        CommandLine command = bad.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String why = String.valueOf(bad.getMessage()) + suggestion(bad);
        OperatorError error =
                new OperatorError(
                        ExitCode.USAGE,
                        "USAGE",
                        "'" + name + "' cannot be run like this",
                        why,
                        name + " --help");
        // The options are not bound when parsing failed, so the words are read as they are.
        tell(error, command.getErr(), wantsJson(arguments));
        return ExitCode.USAGE.number();
    }

    /** Prints {@code error} in the wanted form. */
    public static void tell(OperatorError error, PrintWriter out, boolean json) {
        if (json) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("code", error.code());
            fields.put("message", error.what());
            fields.put("details", error.why());
            fields.put("fix", error.fix());
            out.println(Json.text(Map.of("error", fields)));
        } else {
            out.println(plain("error[" + error.code() + "] " + error.what()));
            out.println(plain("  " + error.why().replace("\n", "\n  ")));
            out.println(plain("  try: " + error.fix()));
        }
        out.flush();
    }

    /** A node's answer, a file's name or content may be quoted: none of it steers the terminal. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\n\t]]", "?");
    }

    private static OperatorError asOperatorError(Throwable failure) {
        return switch (failure) {
            case OperatorError error -> error;
            case InvariantBroken broken ->
                    new OperatorError(
                            ExitCode.INVARIANT_BROKEN,
                            "INVARIANT_BROKEN",
                            "Witan contradicts itself and stopped",
                            String.valueOf(broken.getMessage()),
                            "keep the home folder as it is and report this sentence");
            case UncheckedIOException failed ->
                    notReadOrWritten(Objects.requireNonNull(failed.getCause()));
            case IOException failed -> notReadOrWritten(failed);
            default ->
                    new OperatorError(
                            ExitCode.BUG,
                            "BUG",
                            "this is a bug of Witan",
                            failure.toString(),
                            "run it again with --verbose and report what it prints");
        };
    }

    /** A full disk, a broken pipe or a missing right is no bug, wherever it was met. */
    private static OperatorError notReadOrWritten(IOException failed) {
        return new OperatorError(
                ExitCode.STORAGE_FAILED,
                "STORAGE_FAILED",
                "something could not be read or written",
                SafeFiles.reason(failed),
                "df -h; if there is room, run it again with --verbose, which says where");
    }

    private static String suggestion(ParameterException bad) {
        return bad instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?"
                : "";
    }

    private static boolean wantsJson(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            String word = arguments[i];
            boolean inNext = word.equals("-o") || word.equals("--output");
            String value = inNext && i + 1 < arguments.length ? arguments[i + 1] : word;
            if (value.equalsIgnoreCase("json") && inNext
                    || word.equalsIgnoreCase("-ojson")
                    || word.equalsIgnoreCase("-o=json")
                    || word.equalsIgnoreCase("--output=json")) {
                return true;
            }
        }
        return false;
    }
}
