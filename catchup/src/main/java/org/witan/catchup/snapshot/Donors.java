package org.witan.catchup.snapshot;

import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.witan.catchup.wire.Request;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;
import org.witan.genesis.membership.Validator;

/** The linked members, and those that proved themselves wrong. */
final class Donors {
    /** Chunks that one member may owe. */
    private static final int OUTSTANDING = 2;

    private final NavigableMap<NodeId, Donor> linked = new TreeMap<>();
    private final TreeSet<NodeId> barred = new TreeSet<>();
    private long nextNumber = 1;

    void up(NodeId id) {
        linked.put(id, new Donor(id));
    }

    Optional<Donor> down(NodeId id) {
        return Optional.ofNullable(linked.remove(id));
    }

    void bar(Donor donor) {
        barred.add(donor.id());
    }

    /** One honest validator among those who spoke, less those known to lie; there may be none. */
    int needed(Epoch epoch, NodeId self) {
        List<NodeId> others =
                epoch.configuration().validators().stream()
                        .map(Validator::id)
                        .filter(id -> !id.equals(self))
                        .toList();
        long lying = others.stream().filter(barred::contains).count();
        return (int) Math.min(Math.max(1, epoch.quorum().oneHonest() - lying), others.size());
    }

    /** Whether everybody who could have that state says that it is not kept any more. */
    boolean haveLost(long height) {
        return usable().stream().anyMatch(d -> d.refused(height))
                && usable().stream().noneMatch(d -> d.offers(height));
    }

    /** Linked and not barred, ascending. */
    List<Donor> usable() {
        return linked.values().stream().filter(d -> !barred.contains(d.id())).toList();
    }

    Optional<Donor> usable(NodeId id) {
        return Optional.ofNullable(linked.get(id)).filter(d -> !barred.contains(id));
    }

    JoinEffect.Ask ask(Donor donor, LongFunction<Request> question, long nowMillis) {
        Request request = question.apply(nextNumber++);
        donor.asked(request, nowMillis);
        return new JoinEffect.Ask(donor.id(), request);
    }

    /** Who to ask for a chunk of the state of this height. */
    Optional<Donor> forChunk(long height, long nowMillis) {
        return best(d -> d.offers(height) && d.load() < OUTSTANDING, nowMillis);
    }

    /** Who to ask how epochs after this one began: who says that they did. */
    Optional<Donor> forEpochs(long known, long nowMillis) {
        return best(
                d ->
                        d.tip()
                                .map(t -> t.header())
                                .filter(h -> h.epoch() + (h.isBoundary() ? 1 : 0) > known)
                                .isPresent(),
                nowMillis);
    }

    private Optional<Donor> best(Predicate<Donor> fit, long nowMillis) {
        return usable().stream()
                .filter(d -> d.ready(nowMillis))
                .filter(fit)
                .min(Comparator.comparing(Donor::load).thenComparing(Donor::id));
    }

    /** Those with a proven tip of late; height 0 is proven to anybody. */
    List<Donor> proven() {
        return usable().stream()
                .filter(d -> d.tip().isPresent() && d.proven() && d.isRecent())
                .toList();
    }
}
