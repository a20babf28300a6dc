package org.witan.validator.cli.ask;

import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code witan why}: what the network waits for, in a few sentences. */
@Command(name = "why", description = "Say what the network waits for.")
public final class WhyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (NodeClient client = Asked.client(GlobalOptions.of(spec))) {
            Fields why = client.get("/v1/why");
            Asked.print(spec, why, why.texts("lines"));
            return ExitCode.OK.number();
        }
    }
}
