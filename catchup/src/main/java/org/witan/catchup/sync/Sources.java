package org.witan.catchup.sync;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.witan.catchup.wire.Request;
import org.witan.genesis.membership.NodeId;

/** The members that are linked, and those that proved themselves wrong in this catch-up. */
final class Sources {
    private final NavigableMap<NodeId, Source> linked = new TreeMap<>();
    private final NavigableMap<NodeId, String> barred = new TreeMap<>();
    private long nextNumber = 1;

    /** Asks a member; the number of the request is new in the life of this process. */
    SyncEffect.Ask ask(Source source, LongFunction<Request> question, long nowMillis) {
        Request request = question.apply(nextNumber++);
        source.asked(request, nowMillis);
        return new SyncEffect.Ask(source.id(), request);
    }

    /** Asks for tips, each member at most once in {@code pauseMillis}. */
    List<SyncEffect.Ask> poll(long nowMillis, long pauseMillis) {
        return usable().stream()
                .filter(s -> s.pollDue(nowMillis, pauseMillis) && s.ready(nowMillis))
                .map(s -> ask(s, Request.GetTip::new, nowMillis))
                .toList();
    }

    /** A new link; what was known from an earlier one is gone, except that it is barred. */
    void up(NodeId id) {
        linked.put(id, new Source(id));
    }

    void down(NodeId id) {
        linked.remove(id);
    }

    void bar(NodeId id, String reason) {
        barred.putIfAbsent(id, reason);
    }

    /** A new catch-up begins with everybody. */
    void absolve() {
        barred.clear();
    }

    boolean isBarred(NodeId id) {
        return barred.containsKey(id);
    }

    List<NodeId> barred() {
        return List.copyOf(barred.keySet());
    }

    /** Linked and not barred, ascending. */
    List<Source> usable() {
        return linked.values().stream().filter(s -> !barred.containsKey(s.id())).toList();
    }

    Optional<Source> usable(NodeId id) {
        return barred.containsKey(id) ? Optional.empty() : Optional.ofNullable(linked.get(id));
    }

    Optional<Source> linked(NodeId id) {
        return Optional.ofNullable(linked.get(id));
    }

    /**
     * Greatest height that is proven to exist and that somebody who answers says it has.
     *
     * @param provenHeight what the chain of epochs proves by itself
     */
    long goal(long nowMillis, long provenHeight) {
        return usable().stream()
                .filter(s -> s.awake(nowMillis))
                .mapToLong(
                        s -> s.proven() ? s.saidHeight() : Math.min(s.saidHeight(), provenHeight))
                .max()
                .orElse(0);
    }

    /** Who to ask for blocks from this height on: who is quick and has least to do. */
    Optional<Source> forRange(long nowMillis, long height, int outstanding) {
        return best(s ->
                s.ready(nowMillis)
                        && s.saidHeight() >= height
                        && s.keeps(height)
                        && s.load() < outstanding);
    }

    /** Who to ask how the validators changed: somebody who says that they did. */
    Optional<Source> forEpochs(long nowMillis, long lastNumber) {
        return best(
                s -> s.ready(nowMillis) && s.unproven().isPresent() && s.saidEpoch() > lastNumber);
    }

    private Optional<Source> best(Predicate<Source> fit) {
        return usable().stream()
                .filter(fit)
                .min(
                        Comparator.comparing(Source::slow)
                                .thenComparing(Source::silences)
                                .thenComparing(Source::load)
                                .thenComparing(Source::id));
    }
}
