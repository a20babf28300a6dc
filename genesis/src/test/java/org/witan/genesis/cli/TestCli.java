package org.witan.genesis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.witan.genesis.cli.ceremony.GenesisCommand;
import org.witan.genesis.cli.key.KeyCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a command line as {@code witan} would, in this process. */
public final class TestCli {
    private TestCli() {}

    /**
     * What a command did.
     *
     * @param exitCode how it ended
     * @param out its data
     * @param err its talk
     */
    public record Result(int exitCode, String out, String err) {}

    /** Runs one command. */
    public static Result run(Object... arguments) {
        CommandSpec root = CommandSpec.create().name("witan");
        root.addMixin(GlobalOptions.MIXIN, CommandSpec.forAnnotatedObject(new GlobalOptions()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line =
                Failures.install(
                        new CommandLine(root)
                                .addSubcommand(new GenesisCommand())
                                .addSubcommand(new KeyCommand()));
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        int exitCode = line.execute(words);
        return new Result(exitCode, out.toString(), err.toString());
    }

    /** Runs one command that must succeed; the answer is its data. */
    public static String ok(Object... arguments) {
        Result result = run(arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(String.join(" ", result.err(), result.out()));
        }
        return result.out();
    }
}
