package org.witan.validator.cli.upgrade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.witan.validator.cli.http.Fields;

/**
 * What holds before one node of several may be stopped, and what it has to show once it was started
 * again. Looked at again and again; confined to one thread.
 */
final class RestartGates {
    private final NodeWords node;
    private final List<NodeWords> others;
    private final long margin;
    private final SigningGate signing;

    /**
     * Gates of one node.
     *
     * @param others nodes whose word counts as well; may be none
     * @param margin how many validators each of them must be able to spare
     */
    RestartGates(NodeWords node, List<NodeWords> others, long margin) {
        this.node = node;
        this.others = List.copyOf(others);
        this.margin = margin;
        signing = new SigningGate(this.others.isEmpty() ? List.of(node) : this.others);
    }

    /** Whether all are ready and can spare as many as was asked for. */
    Findings spare() {
        Findings findings = new Findings();
        standing(findings);
        return findings;
    }

    /**
     * All gates of a node that was started again.
     *
     * @param nowNanos of a clock that only goes forward
     */
    Findings restarted(long nowNanos) {
        Findings findings = new Findings();
        Map<NodeWords, Fields> said = standing(findings);
        long tip =
                said.values().stream()
                        .mapToLong(status -> status.number("height").orElse(0L))
                        .max()
                        .orElse(-1);
        signing.stands(tip, nowNanos);
        Fields own = said.get(node);
        if (own == null) {
            for (String gate : List.of("counted", "links", "root", "signed")) {
                findings.found(gate, false, "the node does not answer");
            }
            return findings;
        }
        counted(findings, own.shown("id"));
        links(findings);
        root(findings, own, said);
        if (own.shown("role").equals("validator")) {
            signing.look(findings, own, nowNanos);
        } else {
            findings.skipped("signed", "it is no validator");
        }
        return findings;
    }

    private Map<NodeWords, Fields> standing(Findings findings) {
        Map<NodeWords, Fields> said =
                new TreeMap<>((a, b) -> a.address().toString().compareTo(b.address().toString()));
        List<String> away = new ArrayList<>();
        long least = Long.MAX_VALUE;
        for (NodeWords each : all()) {
            Optional<Fields> status = each.status();
            if (status.isEmpty()) {
                away.add(each.address() + " does not answer");
                continue;
            }
            said.put(each, status.get());
            least = Math.min(least, status.get().number("margin").orElse(-1L));
            if (!status.get().flag("ready")) {
                away.add(status.get().shown("id") + " is not ready");
            }
        }
        boolean ready = away.isEmpty();
        findings.found("ready", ready, ready ? "all are" : String.join(", ", away));
        findings.found(
                "margin",
                !said.isEmpty() && least >= margin,
                said.isEmpty()
                        ? "nobody answers"
                        : "%d can be spared by the word of each, %d wanted"
                                .formatted(least, margin));
        return said;
    }

    private List<NodeWords> all() {
        List<NodeWords> all = new ArrayList<>(List.of(node));
        all.addAll(others);
        return all;
    }

    /** The others see it in sync, so it is one of those that they can spare. */
    private void counted(Findings findings, String id) {
        List<NodeWords> without = others.stream().filter(other -> !countedBy(other, id)).toList();
        findings.found(
                "counted",
                without.isEmpty(),
                without.isEmpty()
                        ? "by " + others.size() + " others"
                        : "not by " + without.stream().map(NodeWords::address).toList());
    }

    private static boolean countedBy(NodeWords other, String id) {
        return other.get("/v1/members").stream()
                .flatMap(members -> members.list("members").stream())
                .anyMatch(row -> row.shown("id").equals(id) && row.flag("inSync"));
    }

    /** A peer that others reach has to be reached by this node too. */
    private void links(Findings findings) {
        Optional<Fields> mesh = node.get("/v1/mesh");
        if (mesh.isEmpty()) {
            findings.found("links", false, "the node does not answer");
            return;
        }
        TreeSet<String> reached = new TreeSet<>();
        mesh.get().list("reports").forEach(report -> reached.addAll(up(report)));
        reached.remove(mesh.get().shown("id"));
        TreeSet<String> missing = new TreeSet<>(reached);
        missing.removeAll(up(mesh.get()));
        boolean linked = missing.isEmpty();
        findings.found(
                "links",
                linked,
                linked ? "to all that others reach" : "others reach " + missing + ", it does not");
    }

    private static List<String> up(Fields view) {
        return view.list("links").stream()
                .filter(link -> link.shown("state").equals("up"))
                .map(link -> link.shown("peer"))
                .toList();
    }

    /** Members, as many as one of which must be honest, vouch for the state that the node has. */
    private void root(Findings findings, Fields own, Map<NodeWords, Fields> said) {
        long height = own.number("height").orElse(0L);
        if (height == 0) {
            findings.found("root", true, "it is that of the genesis");
            return;
        }
        String root = own.shown("stateRoot");
        long needed = own.number("validators").orElse(1L) - own.number("quorum").orElse(1L) + 1;
        TreeSet<String> vouch = new TreeSet<>();
        TreeSet<String> differ = new TreeSet<>();
        said.forEach((each, status) -> {
            Fields block = each.block(height).orElseGet(() -> new Fields(Map.of()));
            boolean same = block.inner("header").shown("stateRoot").equals(root);
            if (same) {
                vouch.add(status.shown("id"));
                vouch.addAll(block.inner("finalization").texts("signers"));
            } else if (block.number("height").isPresent()) {
                differ.add(status.shown("id"));
            }
        });
        vouch.remove(own.shown("id"));
        findings.found(
                "root",
                differ.isEmpty() && vouch.size() >= needed,
                differ.isEmpty()
                        ? "%s vouch for it at height %d, %d needed".formatted(vouch, height, needed)
                        : "%s have another one at height %d".formatted(differ, height));
    }
}
