package org.witan.catchup.sync;

import java.util.List;
import java.util.Optional;
import org.witan.genesis.membership.Validator;

/** Decides when a catch-up is over. Source: docs/protocol/catchup.md, K13. */
final class HandOver {
    private final Synchroniser.Fixed fixed;
    private final Sources sources;
    private final long startedMillis;

    HandOver(Synchroniser.Fixed fixed, Sources sources, long startedMillis) {
        this.fixed = fixed;
        this.sources = sources;
        this.startedMillis = startedMillis;
    }

    /**
     * Whether f+1 validators are not ahead, and nobody who answers proves to be.
     *
     * @param moved whether this catch-up appended anything; then consensus may close a small gap
     */
    boolean isDue(Position position, boolean moved, long nowMillis) {
        int left = left(moved, nowMillis);
        return agreeing(position, left, nowMillis) >= needed(position)
                && sources.usable().stream()
                        .noneMatch(s -> s.awake(nowMillis) && isAhead(s, position, left));
    }

    /** Whether so many validators spoke since the beginning that an honest one is among them. */
    boolean heardEnough(Position position) {
        long spoke =
                validators(position).stream()
                        .map(v -> sources.usable(v.id()))
                        .flatMap(Optional::stream)
                        .filter(s -> s.spokeSince(startedMillis))
                        .count();
        return spoke >= needed(position);
    }

    /** How many validators are still to say that this node need not fetch anything more. */
    int missing(Position position, boolean moved, long nowMillis) {
        int agreeing = agreeing(position, left(moved, nowMillis), nowMillis);
        return Math.max(0, needed(position) - agreeing);
    }

    /**
     * One honest validator among them: f+1, less those that are known to lie; no more than there
     * are, but one at least unless this node is the only validator.
     */
    int needed(Position position) {
        List<Validator> others =
                validators(position).stream().filter(v -> !v.id().equals(fixed.self())).toList();
        long barred = others.stream().filter(v -> sources.isBarred(v.id())).count();
        long enough = Math.max(1, position.epoch().quorum().oneHonest() - barred);
        return (int) Math.min(enough, others.size());
    }

    private int agreeing(Position position, int left, long nowMillis) {
        long since = nowMillis - fixed.settings().silenceMillis();
        return (int)
                validators(position).stream()
                        .map(v -> sources.usable(v.id()))
                        .flatMap(Optional::stream)
                        .filter(s -> s.spokeSince(since) && !isAhead(s, position, left))
                        .count();
    }

    /** Heights that consensus is left to close: none while they can still be fetched here. */
    private int left(boolean moved, long nowMillis) {
        boolean waited = nowMillis - startedMillis >= fixed.settings().silenceMillis();
        return moved || waited ? fixed.settings().handOverHeights() : 0;
    }

    private static boolean isAhead(Source source, Position position, int left) {
        boolean sameEpoch = source.saidEpoch() == position.epoch().number() && source.proven();
        return source.saidHeight() > position.height() + (sameEpoch ? left : 0);
    }

    private static List<Validator> validators(Position position) {
        return position.epoch().configuration().validators();
    }
}
