package org.witan.validator.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/**
 * What a node says of the upgrade plan that was approved last.
 *
 * @param said the body of {@code /v1/upgrade}
 */
record Plan(Fields said) {
    private static final Set<String> OPEN = Set.of("approved", "rolling", "soaking", "finalising");

    /** Asks the node. */
    static Plan of(NodeClient node) {
        return new Plan(node.get("/v1/upgrade"));
    }

    /** Whether a plan was ever approved. */
    boolean exists() {
        return said.inner("plan").number("number").isPresent();
    }

    /** Its number. */
    long number() {
        return fields().number("number").orElse(0L);
    }

    /** How far it has come. */
    String stage() {
        return fields().shown("stage");
    }

    /** Whether anything may still follow from it. */
    boolean isOpen() {
        return exists() && OPEN.contains(stage());
    }

    /** All fields of the plan. */
    Fields fields() {
        return said.inner("plan");
    }

    /**
     * The same, if it is open.
     *
     * @throws OperatorError if there is none
     */
    Plan requireOpen() {
        if (isOpen()) {
            return this;
        }
        String why =
                exists()
                        ? "plan %d is %s".formatted(number(), stage())
                        : "no upgrade plan was ever approved";
        throw new OperatorError(
                ExitCode.NOT_FOUND,
                "NO_OPEN_PLAN",
                "there is no open upgrade plan",
                why,
                "witan upgrade propose; the others: witan member approve N");
    }

    /** The members of which the ledger does not know that they run the plan's level. */
    List<String> silent() {
        return fields().list("members").stream()
                .filter(row -> !row.flag("attests"))
                .map(row -> row.shown("id"))
                .toList();
    }

    /** Lines for people. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Table head = new Table("level in force", said.shown("protocolLevel"));
        if (!exists()) {
            head.row("plan", "none");
            lines.addAll(head.lines());
        } else {
            head(head);
            lines.addAll(head.lines());
            lines.addAll(members());
        }
        for (Fields change : said.list("changes")) {
            lines.add(
                    "change %s: %s, %d of %s approvals; witan member approve %s"
                            .formatted(
                                    change.shown("number"),
                                    change.inner("change").shown("type"),
                                    change.texts("approvals").size(),
                                    change.shown("approvalsNeeded"),
                                    change.shown("number")));
        }
        return lines;
    }

    private void head(Table table) {
        Fields plan = fields();
        table.row("plan", plan.shown("number"));
        table.row("stage", stage() + (plan.flag("suspended") ? ", suspended" : ""));
        table.row("level", plan.shown("level"));
        table.row("artifact", plan.shown("artifact").replaceAll("\\p{Cntrl}", "?"));
        table.row("sha256", plan.shown("sha256"));
        table.row("deadline", plan.shown("deadline") + " (now " + said.shown("height") + ")");
        table.row("failures", plan.shown("failures"));
        Fields permit = plan.inner("permit");
        table.row(
                "permit",
                permit.flag("inForce")
                        ? permit.shown("member") + " until height " + permit.shown("until")
                        : "nobody");
    }

    private List<String> members() {
        Table table = new Table("MEMBER", "ATTESTS", "SPEAKS", "BUILD", "REPORT");
        for (Fields row : fields().list("members")) {
            table.row(
                    row.shown("id"),
                    row.flag("attests") ? "yes" : "no",
                    row.number("greatestLevel").map(String::valueOf).orElse("-"),
                    row.text("build").orElse("-").replaceAll("\\p{Cntrl}", "?"),
                    row.text("report").orElse("-"));
        }
        return table.lines();
    }
}
