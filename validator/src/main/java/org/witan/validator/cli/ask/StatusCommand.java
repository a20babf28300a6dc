package org.witan.validator.cli.ask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code witan status}: how a node stands. */
@Command(name = "status", description = "Show how a node and its network stand.")
public final class StatusCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--all", description = "every member, as the node sees it")
    private boolean all;

    @Option(names = "--watch", description = "again every second, until interrupted")
    private boolean watch;

    @Option(names = "--check", description = "end with 10 if the node is not ready")
    private boolean check;

    @Override
    public Integer call() throws InterruptedException {
        try (NodeClient client = Asked.client(GlobalOptions.of(spec))) {
            boolean ready = show(client);
            while (watch) {
                Thread.sleep(PAUSE);
                ready = show(client);
            }
            return (check && !ready ? ExitCode.CHECK_SAID_NO : ExitCode.OK).number();
        }
    }

    private boolean show(NodeClient client) {
        Fields status = client.get("/v1/status");
        if (all) {
            Fields members = client.get("/v1/members");
            Asked.print(spec, members, members(members));
        } else {
            Asked.print(spec, status, lines(status));
        }
        return status.flag("ready");
    }

    static List<String> lines(Fields status) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "%s in %s: %s"
                        .formatted(
                                status.shown("id"),
                                status.shown("networkName"),
                                status.flag("ready") ? "ready" : "NOT READY"));
        status.list("reasons")
                .forEach(r -> lines.add("  " + r.shown("code") + ": " + r.shown("why")));
        status.text("halted").ifPresent(why -> lines.add("  halted: " + why));
        Table table = new Table("network", status.shown("words"));
        table.row("", status.shown("networkId"));
        table.row("height", status.shown("height"));
        table.row("state root", status.shown("stateRoot"));
        table.row("epoch, view", status.shown("epoch") + ", " + status.shown("view"));
        table.row("leader", status.shown("leader"));
        table.row(
                "quorum",
                "%s of %s, in sync %s, margin %s"
                        .formatted(
                                status.shown("quorum"),
                                status.shown("validators"),
                                status.shown("inSync"),
                                status.shown("margin")));
        table.row("catch-up", catchup(status.inner("catchup")));
        table.row("pool", status.inner("pool").shown("transactions") + " transactions");
        table.row("build", status.shown("build"));
        lines.addAll(table.lines());
        return lines;
    }

    private static String catchup(Fields catchup) {
        if (!catchup.flag("running")) {
            return catchup.shown("mode");
        }
        String eta = catchup.number("etaSeconds").map(s -> ", ETA " + s + " s").orElse("");
        return "%s %s/%s, %.0f blocks/s from %s%s"
                .formatted(
                        catchup.shown("mode"),
                        catchup.shown("height"),
                        catchup.shown("target"),
                        catchup.fraction("blocksPerSecond").orElse(0.0),
                        String.join(", ", catchup.texts("sources")),
                        eta);
    }

    private static List<String> members(Fields members) {
        Table table =
                new Table("ID", "ORGANISATION", "ROLE", "STATUS", "IN SYNC", "HEIGHT", "BUILD");
        for (Fields member : members.list("members")) {
            boolean self = member.flag("self");
            table.row(
                    member.shown("id"),
                    member.shown("organisation"),
                    member.shown("role"),
                    member.shown("status"),
                    member.flag("inSync") ? "yes" : "no",
                    self ? members.shown("height") : member.shown("reportedHeight"),
                    member.shown("build"));
        }
        return table.lines();
    }
}
