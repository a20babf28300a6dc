package org.witan.validator.cli.govern;

import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan config params}: the network rules in force. */
@Command(name = "params", description = "Show the network's rules: value, unit, range, default.")
public final class ParamsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        GlobalOptions options = GlobalOptions.of(spec);
        Table table = new Table("RULE", "VALUE", "UNIT", "FROM", "TO", "DEFAULT");
        try (NodeClient node = Asked.client(options)) {
            Fields rules = node.get("/v1/rules");
            for (Fields rule : rules.list("rules")) {
                table.row(
                        rule.shown("name"),
                        rule.shown("value"),
                        rule.shown("unit"),
                        rule.shown("least"),
                        rule.shown("most"),
                        rule.shown("default"));
            }
            options.print(spec, table.lines(), rules.values());
        }
        return ExitCode.OK.number();
    }
}
