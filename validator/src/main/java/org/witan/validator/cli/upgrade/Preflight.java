package org.witan.validator.cli.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.witan.validator.cli.ask.Table;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/** What must hold before the first node is restarted, each with what was found. */
final class Preflight {
    private static final Set<String> NO_MEMBERSHIP =
            Set.of("set-rules", "cancel", "plan-upgrade", "abort-upgrade");

    private final List<Found> all = new ArrayList<>();

    /**
     * One question.
     *
     * @param name stable, in small letters
     * @param holds the answer; empty if it was not asked for
     * @param detail what was found
     */
    record Found(String name, Optional<Boolean> holds, String detail) {}

    /** Asks the node about the plan, the members and what is open. */
    void ask(NodeClient node) {
        Plan plan = Plan.of(node);
        boolean suspended = plan.exists() && plan.fields().flag("suspended");
        String stage = plan.exists() ? "plan " + plan.number() + " is " + plan.stage() : "none";
        boolean rolls = plan.isOpen() && !plan.stage().equals("finalising") && !suspended;
        found("plan", rolls, stage + (suspended ? ", suspended" : ""));
        String holder =
                Optional.of(plan.fields().inner("permit"))
                        .filter(permit -> permit.flag("inForce"))
                        .map(permit -> permit.shown("member") + " has it")
                        .orElse("nobody has it");
        found("permit", holder.startsWith("nobody"), holder);
        members(node);
        Fields status = node.get("/v1/status");
        long margin = status.number("margin").orElse(-1L);
        found("margin", margin >= 1, margin + " can be spared");
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
        found("members", away.isEmpty(), away.isEmpty() ? "all in sync" : "not in sync: " + away);
    }

    private void changes(NodeClient node) {
        List<String> open =
                node.get("/v1/changes?limit=100").list("changes").stream()
                        .filter(row -> row.shown("status").equals("open"))
                        .filter(row -> !NO_MEMBERSHIP.contains(type(row)))
                        .map(row -> row.shown("number") + " (" + type(row) + ")")
                        .toList();
        found("changes", open.isEmpty(), open.isEmpty() ? "none open" : "open: " + open);
    }

    private static String type(Fields row) {
        return row.inner("change").shown("type");
    }

    /** Whether the archive is the one of the plan. */
    void artifact(Plan plan, Artifact artifact) {
        String wanted = plan.fields().shown("sha256");
        boolean same = artifact.sha256().hex().equals(wanted);
        found("artifact", same, same ? artifact.name() : artifact.name() + " is not " + wanted);
    }

    /** An answer. */
    void found(String name, boolean holds, String detail) {
        all.add(new Found(name, Optional.of(holds), detail));
    }

    /** A question that was not asked for. */
    void skipped(String name, String how) {
        all.add(new Found(name, Optional.empty(), how));
    }

    /** Whether nothing was found wrong. */
    boolean holds() {
        return all.stream().allMatch(found -> found.holds.orElse(true));
    }

    /** Lines for people. */
    List<String> lines() {
        Table table = new Table("GATE", "", "FOUND");
        for (Found found : all) {
            String mark = found.holds.map(holds -> holds ? "ok" : "NO").orElse("-");
            table.row(found.name, mark, found.detail);
        }
        return table.lines();
    }

    /** For scripts. */
    Map<String, Object> json() {
        List<Map<String, @Nullable Object>> gates = new ArrayList<>();
        for (Found found : all) {
            Map<String, @Nullable Object> gate = new LinkedHashMap<>();
            gate.put("gate", found.name);
            gate.put("holds", found.holds.orElse(null));
            gate.put("found", found.detail);
            gates.add(gate);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("go", holds());
        json.put("gates", gates);
        return json;
    }
}
