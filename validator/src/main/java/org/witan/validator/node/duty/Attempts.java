package org.witan.validator.node.duty;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** When to try what again: at doubling intervals, and some things only so often. One thread. */
final class Attempts {
    private static final long FIRST_PAUSE_MILLIS = 5_000;
    private static final long LONGEST_PAUSE_MILLIS = 600_000;

    private final Map<String, Tried> tried = new HashMap<>();

    private record Tried(int times, long nextMillis) {}

    /**
     * Whether to try now; if so, that counts.
     *
     * @param delayMillis how long to wait before the first attempt
     * @param most attempts that are made in all
     */
    boolean take(String name, long nowMillis, long delayMillis, int most) {
        Tried last = tried.computeIfAbsent(name, _ -> new Tried(0, nowMillis + delayMillis));
        if (nowMillis < last.nextMillis || last.times >= most) {
            return false;
        }
        long pause = FIRST_PAUSE_MILLIS << Math.min(last.times, 10);
        tried.put(
                name, new Tried(last.times + 1, nowMillis + Math.min(pause, LONGEST_PAUSE_MILLIS)));
        return true;
    }

    /** Forgets what is not owed any more. */
    void keep(Set<String> owed) {
        tried.keySet().retainAll(owed);
    }
}
