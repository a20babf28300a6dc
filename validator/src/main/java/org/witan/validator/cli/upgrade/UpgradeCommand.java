package org.witan.validator.cli.upgrade;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.chain.block.GovernanceOperation;
import org.witan.chain.block.GovernanceOperation.Permit;
import org.witan.chain.block.GovernanceOperation.Report;
import org.witan.chain.change.Change;
import org.witan.chain.change.UpgradePlan;
import org.witan.chain.shown.Shown;
import org.witan.genesis.cli.GlobalOptions;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Asked;
import org.witan.validator.cli.ask.Submitter.Settled;
import org.witan.validator.cli.config.SettingsSources;
import org.witan.validator.cli.govern.Decision;
import org.witan.validator.cli.govern.ProposalOptions;
import org.witan.validator.cli.govern.Signatory;
import org.witan.validator.cli.http.NodeClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code witan upgrade}: another release for all nodes, and the level that it brings. */
@Command(
        name = "upgrade",
        description = "Bring another release to all nodes, and its protocol level into force.",
        subcommands = {GatesCommand.class, OrderCommand.class},
        synopsisSubcommandLabel = "VERB")
public final class UpgradeCommand {
    private static final int PERMIT_BLOCKS = 10_000;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Proposes a plan. */
    @Command(
            description = {
                "Propose a plan for your organisation, and approve it thereby.",
                "The others: witan member approve N."
            })
    int propose(
            @Option(
                            names = "--level",
                            required = true,
                            paramLabel = "L",
                            description = "the protocol level in force, or the next one")
                    int level,
            @Option(
                            names = "--artifact",
                            required = true,
                            paramLabel = "F[#SHA256]",
                            description = "the release's archive")
                    String artifact,
            @Option(
                            names = "--deadline",
                            required = true,
                            paramLabel = "H|+N",
                            description = "last height at which anything may follow from the plan")
                    String deadline,
            @Mixin ProposalOptions wish) {
        Artifact archive = Artifact.of(artifact);
        return new Decision(spec)
                .propose(
                        new Change.PlanUpgrade(
                                level, archive.name(), archive.sha256(), height(deadline)),
                        wish);
    }

    /** Shows the plan that was approved last. */
    @Command(description = "Show the level in force, the last plan, and who is ready.")
    int status() {
        try (NodeClient node = client()) {
            Plan plan = Plan.of(node);
            options().print(spec, plan.lines(), plan.said().values());
            return ExitCode.OK.number();
        }
    }

    /** Checks all that must hold before the first node is restarted. */
    @Command(description = "Check what must hold before a node is restarted; 10 if it does not.")
    int preflight(
            @Option(
                            names = "--artifact",
                            paramLabel = "F[#SHA256]",
                            description = "the archive that is staged here")
                    @Nullable String artifact,
            @Option(
                            names = "--candidate",
                            paramLabel = "WITAN",
                            description = "its bin/witan; checked with --home")
                    @Nullable Path candidate)
            throws InterruptedException {
        Findings found = checked(Optional.ofNullable(artifact), Optional.ofNullable(candidate));
        options().print(spec, found.lines(), found.json());
        return (found.holds() ? ExitCode.OK : ExitCode.CHECK_SAID_NO).number();
    }

    private Findings checked(Optional<String> artifact, Optional<Path> candidate)
            throws InterruptedException {
        Preflight preflight = new Preflight();
        try (NodeClient node = client()) {
            preflight.ask(node);
            Plan plan = Plan.of(node);
            artifact.ifPresentOrElse(
                    text -> preflight.artifact(plan, Artifact.of(text)),
                    () -> preflight.findings().skipped("artifact", "not asked for: --artifact F"));
            if (candidate.isPresent()) {
                Path home = SettingsSources.of(options()).resolve().home();
                long level = plan.fields().number("level").orElse(1L);
                new Candidate(candidate.get()).ask(preflight.findings(), level, home);
            } else {
                preflight.findings().skipped("level", "not asked for: --candidate WITAN");
            }
        }
        return preflight.findings();
    }

    /** Takes the permit to restart, or gives it back. */
    @Command(description = "Take the permit to restart the home's node, or give it back.")
    int permit(
            @Option(
                            names = "--blocks",
                            paramLabel = "N",
                            description = "for so many blocks (" + PERMIT_BLOCKS + ")")
                    @Nullable Integer blocks,
            @Option(names = "--release", description = "give it back") boolean release) {
        int wanted = blocks == null ? PERMIT_BLOCKS : blocks;
        if (wanted < 1 || wanted > UpgradePlan.MAX_PERMIT_BLOCKS || release && blocks != null) {
            throw usage(
                    "a permit is for 1 to "
                            + UpgradePlan.MAX_PERMIT_BLOCKS
                            + " blocks, or given"
                            + " back");
        }
        try (NodeClient node = client()) {
            long plan = Plan.of(node).requireOpen().number();
            return submit(node, new Permit(plan, release ? 0 : wanted));
        }
    }

    /** Reports how the upgrade of the home's node went. */
    @Command(description = "Report how the upgrade of the home's node went.")
    int report(
            @Parameters(paramLabel = "RESULT", description = "upgraded, failed or back")
                    String result) {
        UpgradePlan.Result said = result(result);
        try (NodeClient node = client()) {
            long plan = Plan.of(node).requireOpen().number();
            return submit(node, new Report(plan, said));
        }
    }

    /** Proposes to put the plan's level in force. */
    @Command(
            description = {
                "Propose to put the plan's level in force, and approve it thereby.",
                "Refused unless every member that runs a node has attested it."
            })
    int finalize(@Mixin ProposalOptions wish) {
        Plan plan = open();
        if (!plan.silent().isEmpty()) {
            throw new OperatorError(
                    ExitCode.REFUSED_FOR_SAFETY,
                    "NOT_ATTESTED",
                    "not every node runs level " + plan.fields().shown("level"),
                    "no attestation since the plan was approved: "
                            + String.join(", ", plan.silent()),
                    "upgrade them; or witan member propose suspend ID, then again");
        }
        return new Decision(spec).propose(new Change.FinaliseUpgrade(plan.number()), wish);
    }

    /** Proposes to give the plan up. */
    @Command(description = "Propose to give the plan up, and approve it thereby.")
    int abort(@Mixin ProposalOptions wish) {
        return new Decision(spec).propose(new Change.AbortUpgrade(open().number()), wish);
    }

    private Plan open() {
        try (NodeClient node = client()) {
            return Plan.of(node).requireOpen();
        }
    }

    private int submit(NodeClient node, GovernanceOperation operation) {
        Map<String, Object> json = new LinkedHashMap<>(Shown.operation(operation));
        if (options().dryRun()) {
            options().say(spec, "dry run: nothing is signed or sent");
            options().print(spec, List.of(), json);
            return ExitCode.OK.number();
        }
        Signatory member = Signatory.member(options());
        Settled settled = member.submit(node, operation, Asked.patience(options()));
        json.put("member", member.sender().id().value());
        json.put("transaction", settled.id());
        json.put("height", settled.height());
        String line = "%s by %s".formatted(json.get("type"), member.sender().id());
        options().print(spec, List.of(line, "final at height " + settled.height()), json);
        return ExitCode.OK.number();
    }

    private long height(String text) {
        if (!text.matches("\\+?[0-9]{1,18}")) {
            throw usage("'" + text + "' is no height");
        }
        long number = Long.parseLong(text);
        if (!text.startsWith("+")) {
            return number;
        }
        try (NodeClient node = client()) {
            return number + node.get("/v1/status").number("height").orElse(0L);
        }
    }

    private static UpgradePlan.Result result(String text) {
        for (UpgradePlan.Result result : UpgradePlan.Result.values()) {
            if (result.name().toLowerCase(Locale.ROOT).equals(text)) {
                return result;
            }
        }
        throw usage("'" + text + "' is no result; upgraded, failed or back");
    }

    private static OperatorError usage(String what) {
        return new OperatorError(
                ExitCode.USAGE,
                "USAGE",
                what,
                "witan upgrade VERB --help lists what each takes",
                "witan upgrade --help");
    }

    private GlobalOptions options() {
        return GlobalOptions.of(spec);
    }

    private NodeClient client() {
        return Asked.client(options());
    }
}
