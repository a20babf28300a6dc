package org.witan.validator.cli.ask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.witan.chain.cli.LedgerExport;
import org.witan.chain.cli.LedgerVerify;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Json;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.http.Fields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan ledger}: blocks, from a running node or from the store of a stopped one. */
@Command(
        name = "ledger",
        description = "Show and check the ledger.",
        subcommands = {LedgerVerify.class, LedgerExport.class})
public final class LedgerCommand {
    private static final int MAX_TRANSACTIONS = 100;
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Prints the newest block's header. */
    @Command(description = "The newest final block.")
    int head() {
        try (Blocks blocks = Blocks.of(GlobalOptions.of(spec))) {
            Fields head = blocks.head();
            Asked.print(spec, head, block(head));
            return ExitCode.OK.number();
        }
    }

    /** Prints a block. */
    @Command(description = "The block of a height.")
    int get(@Parameters(paramLabel = "HEIGHT", description = "from 0, genesis") long height) {
        try (Blocks blocks = Blocks.of(GlobalOptions.of(spec))) {
            Fields block = blocks.block(height, MAX_TRANSACTIONS);
            List<String> lines = new ArrayList<>(block(block));
            for (Fields transaction : block.list("transactions")) {
                Fields operation = transaction.inner("operation");
                lines.add(
                        "  %s %s %s %s: %s"
                                .formatted(
                                        transaction.shown("id"),
                                        transaction.shown("sender"),
                                        operation.shown("type"),
                                        operation.text("key").map(Asked::quoted).orElse(""),
                                        transaction.inner("receipt").shown("outcome")));
            }
            Asked.print(spec, block, lines);
            return ExitCode.OK.number();
        }
    }

    /** Prints the newest blocks, one line each. */
    @Command(description = "The newest blocks, one line each.")
    int tail(
            @Option(names = "-f", description = "go on with new ones, until interrupted")
                    boolean follow,
            @Option(names = "-n", defaultValue = "10", description = "how many (10)") int count)
            throws InterruptedException {
        try (Blocks blocks = Blocks.of(GlobalOptions.of(spec))) {
            long next = Math.max(0, tip(blocks) - Math.clamp(count, 1, 1000) + 1);
            while (true) {
                for (long tip = tip(blocks); next <= tip; next++) {
                    line(blocks.block(next, 1));
                }
                if (!follow) {
                    return ExitCode.OK.number();
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    private static long tip(Blocks blocks) {
        return blocks.head().number("height").orElse(0L);
    }

    private void line(Fields block) {
        GlobalOptions options = GlobalOptions.of(spec);
        Fields header = block.inner("header");
        String text =
                "%8d  %s  %s  view %s by %s  %s transactions"
                        .formatted(
                                block.number("height").orElse(-1L),
                                header.shown("time"),
                                shortHex(block.shown("hash")),
                                header.shown("view"),
                                header.shown("proposer"),
                                header.shown("transactionCount"));
        String json = options.json() ? Json.text(block.values()) : text;
        spec.commandLine().getOut().println(json);
        spec.commandLine().getOut().flush();
    }

    private static List<String> block(Fields block) {
        Fields header = block.inner("header");
        Table table = new Table("height", block.shown("height"));
        table.row("hash", block.shown("hash"));
        table.row("parent", header.shown("parentHash"));
        table.row("state root", header.shown("stateRoot"));
        table.row("time", header.shown("time"));
        table.row("epoch, view", header.shown("epoch") + ", " + header.shown("view"));
        table.row("proposer", header.shown("proposer"));
        table.row(
                "body",
                header.shown("transactionCount")
                        + " transactions, "
                        + header.shown("bodyBytes")
                        + " bytes");
        List<String> signers = block.inner("finalization").texts("signers");
        table.row("final by", signers.isEmpty() ? "a later block" : String.join(", ", signers));
        return table.lines();
    }

    private static String shortHex(String hash) {
        return hash.substring(0, Math.min(8, hash.length()));
    }
}
