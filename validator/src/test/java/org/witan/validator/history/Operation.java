package org.witan.validator.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of one client.
 *
 * @param invoke its begin
 * @param end what the client learned; empty if the history ends before
 */
public record Operation(Event invoke, Optional<Event> end) {
    /** Whether it was done, by the client's knowledge. */
    public boolean ok() {
        return is(Event.Type.OK);
    }

    /** Whether it was certainly not done. */
    public boolean failed() {
        return is(Event.Type.FAIL);
    }

    /** Whether nobody knows. */
    public boolean unknown() {
        return !ok() && !failed();
    }

    /** What the client was told, or asked if it was told nothing. */
    public Said said() {
        return end.map(Event::said).orElse(invoke.said());
    }

    /** When it may have taken effect at the latest: at its end, if that is known. */
    public long latest() {
        return unknown() ? Long.MAX_VALUE : end.map(Event::time).orElse(Long.MAX_VALUE);
    }

    private boolean is(Event.Type type) {
        return end.filter(event -> event.type() == type).isPresent();
    }

    /**
     * Pairs begins and ends; faults are left out.
     *
     * @throws IllegalArgumentException if the history breaks its own rules
     */
    public static List<Operation> of(List<Event> events) {
        Map<String, Event> open = new LinkedHashMap<>();
        Set<String> retired = new LinkedHashSet<>();
        List<Operation> operations = new ArrayList<>();
        long last = Long.MIN_VALUE;
        for (Event event : events) {
            require(event.time() >= last, event, "the clock goes back");
            last = event.time();
            if (event.process().equals(Event.NEMESIS)) {
                continue;
            }
            if (event.type() == Event.Type.INVOKE) {
                require(!retired.contains(event.process()), event, "its process is retired");
                require(open.put(event.process(), event) == null, event, "two at once");
            } else {
                Event invoke = open.remove(event.process());
                require(invoke != null, event, "an end without a begin");
                if (invoke != null) {
                    operations.add(new Operation(invoke, Optional.of(event)));
                }
                if (event.type() == Event.Type.INFO) {
                    retired.add(event.process());
                }
            }
        }
        open.values().forEach(invoke -> operations.add(new Operation(invoke, Optional.empty())));
        return operations;
    }

    private static void require(boolean holds, Event event, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException("line " + event.index() + ": " + sentence);
        }
    }
}
