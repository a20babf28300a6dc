package org.witan.catchup.sync;

import java.util.List;
import java.util.Optional;
import org.witan.genesis.membership.Validator;

/** Decides when a catch-up is over. Source: docs/protocol/catchup.md, K13. */
final class HandOver {
    private final Synchroniser.Fixed fixed;
    private final Sources sources;
    private final long startedMillis;
    private boolean moved;

    /** Whether enough validators have spoken to know a goal. */
    private boolean heard;

    /** The goal that has to be reached before the end is considered again. */
    private long mark;

    HandOver(Synchroniser.Fixed fixed, Sources sources, long startedMillis) {
        this.fixed = fixed;
        this.sources = sources;
        this.startedMillis = startedMillis;
    }

    /** Something was appended: from now on consensus may be left to close a small gap. */
    void moved() {
        moved = true;
    }

    /** Whether the goal of before is reached, so that it is time to ask for tips again. */
    boolean isReached(Position position) {
        return position.height() >= mark;
    }

    /**
     * Whether the goal is reached that was known when an honest validator had spoken for sure, and
     * since then f+1 are not ahead, and nobody who answers proves to be.
     */
    boolean isDue(Position position, long goal, long nowMillis) {
        mark = heard ? mark : goal;
        heard = heard || speakers(position, startedMillis).size() >= needed(position);
        if (position.height() < Math.min(mark, goal)) {
            return false;
        }
        int left = left(nowMillis);
        boolean due =
                agreeing(position, nowMillis) >= needed(position)
                        && sources.usable().stream()
                                .noneMatch(s -> s.awake(nowMillis) && isAhead(s, position, left));
        mark = due ? mark : goal;
        return due;
    }

    /** What is waited for, one sentence. */
    String waitingFor(Position position, long goal, long nowMillis) {
        if (goal > position.height()) {
            return goal - position.height() + " blocks";
        }
        long missing = needed(position) - agreeing(position, nowMillis);
        return "%d of %d validators to say that they are not ahead"
                .formatted(Math.max(0, missing), needed(position));
    }

    /**
     * One honest validator among them: f+1, less those that are known to lie; no more than there
     * are, but one at least unless this node is the only validator.
     */
    private int needed(Position position) {
        List<Validator> others =
                validators(position).stream().filter(v -> !v.id().equals(fixed.self())).toList();
        long barred = others.stream().filter(v -> sources.isBarred(v.id())).count();
        long enough = Math.max(1, position.epoch().quorum().oneHonest() - barred);
        return (int) Math.min(enough, others.size());
    }

    private long agreeing(Position position, long nowMillis) {
        long since = Math.max(startedMillis, nowMillis - fixed.settings().silenceMillis());
        int left = left(nowMillis);
        return speakers(position, since).stream().filter(s -> !isAhead(s, position, left)).count();
    }

    private List<Source> speakers(Position position, long sinceMillis) {
        return validators(position).stream()
                .map(v -> sources.usable(v.id()))
                .flatMap(Optional::stream)
                .filter(s -> s.spokeSince(sinceMillis))
                .toList();
    }

    /** Heights that consensus is left to close: none while they can still be fetched here. */
    private int left(long nowMillis) {
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
