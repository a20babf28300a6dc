package org.witan.validator.consensus.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.genesis.membership.NodeId;

/**
 * What must be fetched, from whom, and when to ask the next one.
 *
 * <p>A want lives as long as it is wanted again in every step; so nothing has to be cancelled.
 *
 * @param <K> what names a thing
 */
public final class Wants<K extends Comparable<K>> {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MAX_PAUSE_MILLIS = 2_000;

    private static final class Want {
        private List<NodeId> sources = List.of();
        private long nextMillis;
        private int asked;
        private long askedAllMillis = NEVER;
        private boolean again = true;
    }

    private final long pauseMillis;
    private final boolean allAtOnce;
    private final TreeMap<K, Want> wants = new TreeMap<>();

    /**
     * Nothing is wanted.
     *
     * @param pauseMillis before the next source is asked; doubles each time, up to two seconds
     * @param allAtOnce whether all sources are asked when the first one did not answer
     */
    public Wants(long pauseMillis, boolean allAtOnce) {
        this.pauseMillis = pauseMillis;
        this.allAtOnce = allAtOnce;
    }

    /** A step begins: what nobody wants until its end is forgotten. */
    public void begin() {
        wants.values().forEach(want -> want.again = false);
    }

    /**
     * This is wanted.
     *
     * @param sources distinct, who may have it, the best first; the first call of a step decides
     */
    public void want(K key, List<NodeId> sources) {
        Want want = wants.computeIfAbsent(key, fresh -> new Want());
        if (!want.again || want.sources.isEmpty()) {
            want.sources = sources;
        }
        want.again = true;
    }

    /** A step ends. */
    public void end() {
        wants.values().removeIf(want -> !want.again);
    }

    /** Whether this was asked for and is still wanted. */
    public boolean isWanted(K key) {
        return wants.containsKey(key);
    }

    /** Whether anything is wanted. */
    public boolean isAnyWanted() {
        return !wants.isEmpty();
    }

    /** Since when every source has been asked; the greatest number if not all were. */
    public long askedAllMillis(K key) {
        Want want = wants.get(key);
        return want == null ? NEVER : want.askedAllMillis;
    }

    /** Whom to ask for what now, ascending, at most {@code most} of each. */
    public SortedMap<NodeId, List<K>> due(long nowMillis, int most) {
        TreeMap<NodeId, List<K>> asks = new TreeMap<>();
        wants.forEach((key, want) -> {
            if (want.nextMillis <= nowMillis && hasRoom(asks, want, most)) {
                next(want, nowMillis)
                        .forEach(s -> asks.computeIfAbsent(s, x -> new ArrayList<>()).add(key));
            }
        });
        return asks;
    }

    /** When somebody is to be asked next; the greatest number if nothing is wanted. */
    public long wakeAt() {
        return wants.values().stream()
                .filter(want -> !want.sources.isEmpty())
                .mapToLong(want -> want.nextMillis)
                .min()
                .orElse(NEVER);
    }

    private boolean hasRoom(SortedMap<NodeId, List<K>> asks, Want want, int most) {
        return !want.sources.isEmpty()
                && targets(want).stream()
                        .allMatch(s -> asks.getOrDefault(s, List.of()).size() < most);
    }

    private List<NodeId> targets(Want want) {
        return allAtOnce && want.asked > 0
                ? want.sources
                : List.of(want.sources.get(want.asked % want.sources.size()));
    }

    private List<NodeId> next(Want want, long nowMillis) {
        boolean all = allAtOnce && want.asked > 0;
        List<NodeId> sources = targets(want);
        long pause = pauseMillis << Math.min(want.asked, 8);
        want.asked++;
        want.nextMillis = nowMillis + Math.min(MAX_PAUSE_MILLIS, pause);
        if (want.askedAllMillis == NEVER && (all || want.asked >= want.sources.size())) {
            want.askedAllMillis = nowMillis;
        }
        return sources;
    }
}
