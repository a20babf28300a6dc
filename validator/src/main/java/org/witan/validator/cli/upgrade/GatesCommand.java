package org.witan.validator.cli.upgrade;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Units;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Asked;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code witan upgrade gates}: waits until a node may be stopped, or has come back as it should.
 */
@Command(
        name = "gates",
        description = {
            "Wait until a restarted node has come back as it should; 10 if it does not in time.",
            "All are ready, linked, hold one state, and the node signs."
        })
final class GatesCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--others",
            split = ",",
            paramLabel = "URL",
            description = "nodes whose word counts as well, with commas")
    private List<String> others = List.of();

    @Option(
            names = "--margin",
            paramLabel = "N",
            description = "how many validators each must be able to spare (0)")
    private int margin;

    @Option(names = "--spare", description = "only what must hold before the node is stopped")
    private boolean spare;

    @Option(
            names = "--soak",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "they have to hold for so long (0s)")
    private String soak = "0s";

    @Override
    public Integer call() throws InterruptedException {
        GlobalOptions options = GlobalOptions.of(spec);
        RestartGates gates =
                new RestartGates(
                        new NodeWords(Asked.address(options)),
                        others.stream().map(NodeWords::at).toList(),
                        margin);
        Findings last = await(gates, Asked.patience(options), soakTime());
        options.print(spec, last.lines(), last.json());
        return (last.holds() ? ExitCode.OK : ExitCode.CHECK_SAID_NO).number();
    }

    /** Looks until all gates have been open for the soak time, or stay shut for the patience. */
    private Findings await(RestartGates gates, Duration patience, Duration soaking)
            throws InterruptedException {
        long start = System.nanoTime();
        long shutAt = start;
        while (true) {
            long now = System.nanoTime();
            Findings found = spare ? gates.spare() : gates.restarted(now);
            if (!found.holds()) {
                shutAt = System.nanoTime();
                if (shutAt - start > patience.plus(soaking).toNanos()) {
                    return found;
                }
            } else if (System.nanoTime() - shutAt >= soaking.toNanos()) {
                return found;
            }
            Thread.sleep(PAUSE);
        }
    }

    private Duration soakTime() {
        try {
            return Units.duration(soak);
        } catch (IllegalArgumentException bad) {
            throw new OperatorError(
                    ExitCode.USAGE,
                    "USAGE",
                    "--soak " + soak + " is no time",
                    String.valueOf(bad.getMessage()),
                    "--soak 10s");
        }
    }
}
