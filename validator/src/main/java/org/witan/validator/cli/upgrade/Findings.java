package org.witan.validator.cli.upgrade;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.witan.validator.cli.ask.Table;

/** Gates in the order in which they were looked at, each with what was found there. */
final class Findings {
    private final List<Found> all = new ArrayList<>();

    /**
     * One gate.
     *
     * @param name stable, in small letters
     * @param holds whether it is open; empty if it was not looked at
     * @param detail what was found
     */
    private record Found(String name, Optional<Boolean> holds, String detail) {}

    /** A gate that was looked at. */
    void found(String name, boolean holds, String detail) {
        all.add(new Found(name, Optional.of(holds), detail));
    }

    /** A gate that was not looked at. */
    void skipped(String name, String why) {
        all.add(new Found(name, Optional.empty(), why));
    }

    /** Whether none was found shut. */
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
