package org.witan.validator.cli.govern;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.witan.chain.change.Change;
import org.witan.chain.shown.InWords;
import org.witan.chain.shown.Shown;
import org.witan.genesis.cli.Json;
import org.witan.genesis.codec.Decoded;
import org.witan.genesis.failure.ExitCode;
import org.witan.genesis.failure.OperatorError;
import org.witan.validator.cli.http.Fields;
import org.witan.validator.cli.http.NodeClient;

/**
 * A change as a node lists it. What it changes is read from its bytes, so that nobody approves
 * another change than the one that he is shown.
 *
 * @param row the node's words
 * @param change what it is about
 */
record Listed(Fields row, Change change) {
    /** The change of a number. */
    static Listed of(NodeClient node, long number) {
        return of(node.get("/v1/changes/" + number));
    }

    /** All changes, ascending by number. */
    static List<Listed> all(NodeClient node) {
        List<Listed> all = new ArrayList<>();
        Optional<String> next = Optional.of("");
        while (next.isPresent()) {
            String cursor = next.get().isEmpty() ? "" : "&cursor=" + next.get();
            Fields page = node.get("/v1/changes?limit=100" + cursor);
            page.list("changes").forEach(row -> all.add(of(row)));
            next = page.text("next");
        }
        return all;
    }

    static Listed of(Fields row) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(row.text("changeBytes").orElse(""));
        } catch (IllegalArgumentException noBase64) {
            throw contradiction(row, "its bytes are not base64");
        }
        if (!(Change.CODEC.decode(bytes) instanceof Decoded.Ok<Change>(var change))) {
            throw contradiction(row, "its bytes are no change that this program knows");
        }
        if (!change.hash().hex().equals(row.shown("changeHash"))) {
            throw contradiction(row, "its hash is not that of its bytes");
        }
        return new Listed(row, change);
    }

    private static OperatorError contradiction(Fields row, String why) {
        return new OperatorError(
                ExitCode.VERIFICATION_FAILED,
                "CHANGE_UNREADABLE",
                "change " + row.shown("number") + " cannot be shown as it is",
                why,
                "ask a node of your own with --node, and this program's newest release");
    }

    long number() {
        return row.number("number").orElse(0L);
    }

    String status() {
        return row.shown("status");
    }

    boolean isOpen() {
        return status().equals("open");
    }

    /** How far the approvals are. */
    String approvals() {
        return row.texts("approvals").size() + "/" + row.shown("approvalsNeeded");
    }

    /** Who proposed it and why, for people. */
    String line() {
        String insisted = row.flag("forced") ? "; insisted on although it leaves no margin" : "";
        return "change %d, proposed by %s because %s%s"
                .formatted(
                        number(), row.shown("proposer"), Json.text(row.shown("reason")), insisted);
    }

    /** A row for people: number, status, height, approvals, proposer, change, reason. */
    List<String> cells() {
        String height = row.shown(isOpen() ? "proposedHeight" : "closedHeight");
        return List.of(
                Long.toString(number()),
                status(),
                height,
                approvals(),
                row.shown("proposer"),
                InWords.of(change),
                Json.text(row.shown("reason")));
    }

    /** For scripts: the node's words, with the change as this program reads it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        row.values()
                .forEach((name, value) -> {
                    if (value != null && !name.equals("network") && !name.equals("height")) {
                        json.put(name, value);
                    }
                });
        json.put("change", Shown.change(change));
        return json;
    }
}
