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
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeAddress;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan stop}: ends the node of a home and waits until it has ended. */
@Command(name = "stop", description = "End the node of --home, and wait until it has ended.")
public final class StopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private static final Duration QUICK = Duration.ofSeconds(2);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--force", description = "even if the network cannot go on without it")
    private boolean force;

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options).resolve();
        Path home = settings.namedHome();
        ProcessHandle process = PidFile.of(home).running().orElseThrow(() -> notRunning(home));
        if (options.dryRun()) {
            options.say(spec, "would end process " + process.pid());
            return ExitCode.OK.number();
        }
        if (!force) {
            requireMargin(settings);
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

    /**
     * Refuses to end the validator without which the others are too few. A node that does not
     * answer, or that may not vote, takes part in nothing, and where all validators must agree
     * there is no choice.
     */
    private static void requireMargin(Settings settings) {
        Fields status;
        try (NodeClient client =
                new NodeClient(
                        NodeAddress.parse(settings.address(Setting.API_LISTEN).localUrl()),
                        QUICK)) {
            status = client.get("/v1/status");
        } catch (OperatorError silent) {
            return;
        }
        boolean counted =
                status.text("role").orElse("").equals("validator")
                        && status.flag("mayVote")
                        && (status.flag("ready") || status.flag("draining"));
        long inSync = status.number("inSync").orElse(0L);
        long quorum = status.number("quorum").orElse(0L);
        long validators = status.number("validators").orElse(0L);
        if (counted && inSync == quorum && quorum < validators) {
            throw new OperatorError(
                    ExitCode.REFUSED_FOR_SAFETY,
                    "NO_MARGIN",
                    "without this validator the network could decide nothing",
                    "%d of %d validators are in sync, %d must agree"
                            .formatted(inSync, validators, quorum),
                    "bring back another one first (witan why names it), or stop --force");
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
