package org.witan.validator.cli.node;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.config.Setting;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.AdminClient;
import org.witan.validator.cli.http.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code witan drain}: prepares the node of a home for its end.
 *
 * <p>The node leads no more and takes no new transactions, and goes on voting; the command returns
 * when no caller of the node waits for a commit.
 */
@Command(
        name = "drain",
        description = "Take the node of --home out of the lead and wait for its callers.")
public final class DrainCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options).resolve();
        if (options.dryRun()) {
            options.say(spec, "would ask the node of " + settings.home() + " to leave the lead");
            return ExitCode.OK.number();
        }
        AdminClient client = client(settings, options);
        Duration patience = options.timeout().orElse(PATIENCE);
        long end = System.nanoTime() + patience.toNanos();
        Fields answer = client.post("drain");
        for (long left = waiting(answer); left > 0; left = waiting(answer)) {
            if (System.nanoTime() > end) {
                throw stillWaiting(left, patience);
            }
            Thread.sleep(PAUSE);
            answer = client.post("drain");
        }
        options.print(
                spec,
                List.of("drained: leads no view and takes no transactions; it may be stopped"),
                answer.values());
        return ExitCode.OK.number();
    }

    private static long waiting(Fields answer) {
        return answer.number("waiting").orElse(0L);
    }

    /** A client of the operator's socket that the settings name. */
    static AdminClient client(Settings settings, GlobalOptions options) {
        settings.namedHome();
        return new AdminClient(
                settings.adminSocket().orElseThrow(DrainCommand::off),
                options.timeout().orElse(PATIENCE));
    }

    private static OperatorError stillWaiting(long waiting, Duration patience) {
        return new OperatorError(
                ExitCode.UNREACHABLE,
                "STILL_WAITING",
                "the node is not drained yet",
                waiting + " transactions of its callers are not final after " + patience,
                "witan why; it goes on draining: ask again, or witan undrain");
    }

    private static OperatorError off() {
        return new OperatorError(
                ExitCode.INVALID_CONFIGURATION,
                "ADMIN_OFF",
                "this node does not listen to its operator",
                Setting.ADMIN_LISTEN.key() + " is off",
                "set it to a path and restart the node");
    }
}
