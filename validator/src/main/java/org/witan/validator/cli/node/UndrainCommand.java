package org.witan.validator.cli.node;

import java.util.List;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.config.Settings;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.http.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan undrain}: takes back {@code witan drain}. */
@Command(name = "undrain", description = "Let the node of --home lead and take transactions again.")
public final class UndrainCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options).resolve();
        if (options.dryRun()) {
            options.say(spec, "would ask the node of " + settings.home() + " to lead again");
            return ExitCode.OK.number();
        }
        Fields answer = DrainCommand.client(settings, options).post("undrain");
        options.print(spec, List.of("leads and takes transactions again"), answer.values());
        return ExitCode.OK.number();
    }
}
