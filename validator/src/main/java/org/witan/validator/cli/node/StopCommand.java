package org.witan.validator.cli.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.config.SettingsSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan stop}: ends the node of a home and waits until it has ended. */
@Command(name = "stop", description = "End the node of --home, and wait until it has ended.")
public final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Path home = SettingsSources.of(options).resolve().home();
        ProcessHandle process = PidFile.of(home).running().orElseThrow(() -> notRunning(home));
        if (options.dryRun()) {
            options.say(spec, "would end process " + process.pid());
            return ExitCode.OK.number();
        }
        end(process, options.timeout().orElse(PATIENCE));
        options.print(
                spec,
                List.of("stopped process " + process.pid()),
                Map.of("stopped", process.pid()));
        return ExitCode.OK.number();
    }

    /**
     * Asks a process to end and waits for it.
     *
     * @throws OperatorError if it lives on
     */
    public static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new OperatorError(
                    ExitCode.UNREACHABLE,
                    "STILL_RUNNING",
                    "process " + process.pid() + " did not end",
                    "it was asked to and had " + patience.toSeconds() + " s",
                    "look at its log; kill -9 " + process.pid() + " loses nothing acknowledged");
        } catch (InterruptedException | ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static OperatorError notRunning(Path home) {
        return new OperatorError(
                ExitCode.NOT_FOUND,
                "NOT_RUNNING",
                "no node of " + home + " is running",
                "witan.pid in it names no live process",
                "witan start --home " + home);
    }
}
