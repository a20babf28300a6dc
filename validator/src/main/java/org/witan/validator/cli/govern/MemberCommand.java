package org.witan.validator.cli.govern;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.GovernanceOperation.SetEndpoints;
import org.witan.chain.shown.Shown;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.cli.Json;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.genesis.membership.Endpoint;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.SavedProof;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.HttpConnection;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan member}: who is in the network, and what organisations decide about it. */
@Command(
        name = "member",
        description = "Show the network's members, and decide about them.",
        synopsisSubcommandLabel = "VERB",
        subcommands = {ProposeCommand.class, RequestCommand.class})
public final class MemberCommand {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Lists all members. */
    @Command(description = "List all members.")
    int list() {
        Table table =
                new Table("ID", "ORGANISATION", "ROLE", "STATUS", "IN SYNC", "HEIGHT", "ENDPOINTS");
        try (NodeClient node = Asked.client(GlobalOptions.of(spec))) {
            Fields members = node.get("/v1/members");
            for (Fields row : members.list("members")) {
                table.row(
                        row.shown("id"),
                        row.shown("organisation"),
                        row.shown("role"),
                        row.shown("status"),
                        row.flag("inSync") ? "yes" : "no",
                        row.shown("reportedHeight"),
                        String.join(" ", row.texts("endpoints")));
            }
            GlobalOptions.of(spec).print(spec, table.lines(), members.values());
            return ExitCode.OK.number();
        }
    }

    /** Shows what the ledger records of a member. */
    @Command(description = "Show what the ledger records of a member.")
    int show(
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--wait", description = "until it votes and has attested, or --timeout")
                    boolean wait,
            @Option(names = "--proof", paramLabel = "F", description = "write its proof to F")
                    @Nullable Path proof)
            throws InterruptedException {
        try (NodeClient node = Asked.client(GlobalOptions.of(spec))) {
            Fields member = member(node, id);
            long end = System.nanoTime() + Asked.patience(GlobalOptions.of(spec)).toNanos();
            while (wait && !runs(member)) {
                if (System.nanoTime() > end) {
                    throw silent(id, member);
                }
                Thread.sleep(PAUSE);
                member = member(node, id);
            }
            Table table = new Table("member", member.shown("id"));
            for (String name :
                    List.of("organisation", "role", "status", "votes", "key", "keyNumber")) {
                table.row(name, member.shown(name));
            }
            table.row("endpoints", String.join(" ", member.texts("endpoints")));
            table.row("attested", attested(member));
            table.row("contradictions", member.shown("accusations"));
            if (proof != null) {
                SavedProof.write(node.get(path(id) + "?proof=true"), proof);
            }
            GlobalOptions.of(spec).print(spec, table.lines(), member.values());
            return ExitCode.OK.number();
        }
    }

    private static Fields member(NodeClient node, String id) {
        return node.get(path(id));
    }

    private static String path(String id) {
        return "/v1/members/" + HttpConnection.encode(id);
    }

    private static boolean runs(Fields member) {
        return member.flag("votes") && member.flag("attested");
    }

    private static OperatorError silent(String id, Fields member) {
        return new OperatorError(
                ExitCode.CHECK_SAID_NO,
                "NOT_VOTING",
                id + " does not vote yet",
                "it is %s, and has%s attested"
                        .formatted(member.shown("status"), member.flag("attested") ? "" : " not"),
                "does it run, and follow? witan status --home its home; longer: --timeout 10m");
    }

    private static String attested(Fields member) {
        Fields said = member.inner("attestation");
        String last =
                said.number("recordedHeight").isEmpty()
                        ? ""
                        : ", last at height %s: build %s, levels %s to %s"
                                .formatted(
                                        said.shown("recordedHeight"),
                                        Json.text(said.shown("build")),
                                        said.shown("leastLevel"),
                                        said.shown("greatestLevel"));
        return (member.flag("attested") ? "yes" : "no") + last;
    }

    /** Lists the changes that were applied. */
    @Command(description = "List the changes that came into force, oldest first.")
    int history() {
        return changes(change -> change.status().equals("applied"));
    }

    /** Lists the changes that wait for approvals. */
    @Command(description = "List the changes that wait for approvals.")
    int proposals(@Option(names = "--all", description = "the closed ones too") boolean all) {
        return changes(change -> all || change.isOpen());
    }

    private int changes(Predicate<Listed> wanted) {
        Table table = new Table("N", "STATUS", "HEIGHT", "APPROVED", "BY", "CHANGE", "REASON");
        List<Object> json = new ArrayList<>();
        try (NodeClient node = Asked.client(GlobalOptions.of(spec))) {
            for (Listed change : Listed.all(node)) {
                if (wanted.test(change)) {
                    json.add(change.json());
                    table.row(change.cells());
                }
            }
        }
        GlobalOptions.of(spec).print(spec, table.lines(), json);
        return ExitCode.OK.number();
    }

    /** Approves a change for an organisation. */
    @Command(description = "Approve a change for your organisation, once you have seen it.")
    int approve(
            @Parameters(paramLabel = "N", description = "its number") long number,
            @Mixin SigningOptions signing,
            @Option(names = "--force", description = "even if it leaves no margin") boolean force) {
        return new Decision(spec).approve(number, signing, force);
    }

    /** Takes back a change or an approval. */
    @Command(description = "Take back your organisation's change, or its approval of another's.")
    int withdraw(
            @Parameters(paramLabel = "N", description = "its number") long number,
            @Mixin SigningOptions signing) {
        return new Decision(spec).withdraw(number, signing);
    }

    /** Says where the home's node can be dialled from now on. */
    @Command(description = "Say where the home's node can be dialled from now on; its key signs.")
    int endpoints(
            @Parameters(
                            paramLabel = "HOST:PORT",
                            arity = "1..4",
                            converter = RequestCommand.EndpointForm.class,
                            description = "in order of preference")
                    List<Endpoint> endpoints) {
        GlobalOptions options = GlobalOptions.of(spec);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("endpoints", Shown.endpoints(endpoints));
        if (options.dryRun()) {
            options.say(spec, "dry run: nothing is signed or sent");
            options.print(spec, List.of(), json);
            return ExitCode.OK.number();
        }
        Signatory member = Signatory.member(options);
        try (NodeClient node = Asked.client(options)) {
            Settled settled =
                    member.submit(node, new SetEndpoints(endpoints), Asked.patience(options));
            json.put("transaction", settled.id());
            json.put("height", settled.height());
        }
        String line =
                String.join(" ", Shown.endpoints(endpoints))
                        + ", final at height "
                        + json.get("height");
        options.print(spec, List.of(line), json);
        return ExitCode.OK.number();
    }
}
