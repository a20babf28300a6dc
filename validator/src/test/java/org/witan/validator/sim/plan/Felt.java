package org.witan.validator.sim.plan;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How often trouble made a difference: a fault that nobody feels tests nothing. */
public final class Felt {
    /** A write failed since the disk was full. */
    public static final String NO_ROOM_TO_WRITE = "NO_ROOM_TO_WRITE";

    /** What was written, but not synced, was gone after a crash. */
    public static final String UNSYNCED_LOST = "UNSYNCED_LOST";

    /** A message came before one that was sent earlier. */
    public static final String OVERTAKEN = "OVERTAKEN";

    private final Map<String, Long> times = new TreeMap<>();

    /** This fault made a difference. */
    public void by(Fault fault) {
        by(fault.name());
    }

    /** What has this name made a difference. */
    public void by(String name) {
        times.merge(name, 1L, Long::sum);
    }

    /** Names of what made a difference, each with how often. */
    public Map<String, Long> times() {
        return Collections.unmodifiableMap(times);
    }
}
