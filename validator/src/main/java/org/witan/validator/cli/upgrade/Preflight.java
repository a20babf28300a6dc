package org.witan.validator.cli.upgrade;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/** What must hold before the first node is restarted, each with what was found. */
final class Preflight {
    private static final Set<String> NO_MEMBERSHIP =
            Set.of("set-rules", "cancel", "plan-upgrade", "abort-upgrade");

    private final Findings findings = new Findings();

    /** Asks the node about the plan, the members and what is open. */
    void ask(NodeClient node) {
        Plan plan = Plan.of(node);
        boolean suspended = plan.exists() && plan.fields().flag("suspended");
        String stage = plan.exists() ? "plan " + plan.number() + " is " + plan.stage() : "none";
        boolean rolls = plan.isOpen() && !plan.stage().equals("finalising") && !suspended;
        findings.found("plan", rolls, stage + (suspended ? ", suspended" : ""));
        String holder =
                Optional.of(plan.fields().inner("permit"))
                        .filter(permit -> permit.flag("inForce"))
                        .map(permit -> permit.shown("member") + " has it")
                        .orElse("nobody has it");
        findings.found("permit", holder.startsWith("nobody"), holder);
        members(node);
        Fields status = node.get("/v1/status");
        long margin = status.number("margin").orElse(-1L);
        findings.found("margin", margin >= 1, margin + " can be spared");
        changes(node);
    }

    private void members(NodeClient node) {
        List<String> away =
                node.get("/v1/members").list("members").stream()
                        .filter(row -> row.shown("role").equals("validator"))
                        .filter(row -> !row.shown("status").equals("suspended"))
                        .filter(row -> !row.flag("inSync"))
                        .map(row -> row.shown("id"))
                        .toList();
        findings.found(
                "members", away.isEmpty(), away.isEmpty() ? "all in sync" : "not in sync: " + away);
    }

    private void changes(NodeClient node) {
        List<String> open =
                node.get("/v1/changes?limit=100").list("changes").stream()
                        .filter(row -> row.shown("status").equals("open"))
                        .filter(row -> !NO_MEMBERSHIP.contains(type(row)))
                        .map(row -> row.shown("number") + " (" + type(row) + ")")
                        .toList();
        findings.found("changes", open.isEmpty(), open.isEmpty() ? "none open" : "open: " + open);
    }

    private static String type(Fields row) {
        return row.inner("change").shown("type");
    }

    /** Whether the archive is the one of the plan. */
    void artifact(Plan plan, Artifact artifact) {
        String wanted = plan.fields().shown("sha256");
        boolean same = artifact.sha256().hex().equals(wanted);
        findings.found(
                "artifact", same, same ? artifact.name() : artifact.name() + " is not " + wanted);
    }

    /** What was found so far. */
    Findings findings() {
        return findings;
    }
}
