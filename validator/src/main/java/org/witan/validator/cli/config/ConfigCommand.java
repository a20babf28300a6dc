package org.witan.validator.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.witan.genesis.cli.GlobalOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan config}: what a node is set to. */
@Command(name = "config", description = "Show what a node is set to, and the rules of its network.")
public final class ConfigCommand {
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Prints every setting, and where its value comes from. */
    @Command(name = "show", description = "Print every setting that is in force.")
    int show(
            @Option(names = "--origin", description = "say who set each value") boolean origin,
            @Option(names = "--describe", description = "say what each is for") boolean describe) {
        GlobalOptions options = GlobalOptions.of(spec);
        Settings settings = SettingsSources.of(options).resolve();
        List<String> lines = new ArrayList<>();
        Map<String, Object> json = new LinkedHashMap<>();
        for (Setting setting : Setting.values()) {
            Settings.Value value = settings.value(setting);
            String line = "%s: %s".formatted(setting.key(), value.text()).stripTrailing();
            String from = origin ? "  # " + value.origin() : "";
            String what = describe ? "  # " + setting.description() : "";
            lines.add(origin || describe ? "%-44s%s%s".formatted(line, from, what) : line);
            json.put(
                    setting.key(),
                    origin
                            ? Map.of("value", value.text(), "origin", value.origin().toString())
                            : value.text());
        }
        options.print(spec, lines, json);
        return 0;
    }
}
