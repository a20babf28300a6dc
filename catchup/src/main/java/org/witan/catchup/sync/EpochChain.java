package org.witan.catchup.sync;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NetworkId;

/**
 * The epochs from the tip's on, each proven by the set before it: the only thing that changes the
 * validators that this node believes in. Source: docs/protocol/catchup.md, K8.
 */
public final class EpochChain {
    /** Heights of an epoch that has no known end reach to here. */
    private static final long OPEN = Long.MAX_VALUE;

    /**
     * An epoch and its heights.
     *
     * @param epoch what is in force
     * @param after the height before its first
     * @param last its boundary, or {@link #OPEN}
     */
    record Span(Epoch epoch, long after, long last) {
        boolean holds(long height) {
            return height > after && height <= last;
        }
    }

    private final NavigableMap<Long, Span> spans = new TreeMap<>();

    /** Starts anew from what the ledger says. */
    EpochChain(Position position) {
        Epoch epoch = position.epoch();
        spans.put(epoch.number(), new Span(epoch, position.height(), OPEN));
    }

    /**
     * Walks from where a ledger stands to a later epoch over boundaries alone.
     *
     * @param links of the epochs after the position's, ascending
     * @return the last epoch; empty if there are no links, or at the first that does not follow
     */
    public static Optional<Epoch> walk(
            Position position, List<EpochLink> links, NetworkId networkId, Verifier verifier) {
        Proofs proofs = new Proofs(networkId, verifier);
        EpochChain chain = new EpochChain(position);
        for (EpochLink link : links) {
            Span before = chain.spans.lastEntry().getValue();
            if (proofs.link(link, before).isPresent()) {
                return Optional.empty();
            }
            chain.add(link);
        }
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(chain.spans.lastEntry().getValue().epoch());
    }

    /** Greatest epoch that is known. */
    long lastNumber() {
        return spans.lastKey();
    }

    /** The height at which the greatest known epoch began: it exists. */
    long provenHeight() {
        return spans.lastEntry().getValue().after;
    }

    /** How many epochs are known beyond the tip's. */
    int ahead() {
        return spans.size() - 1;
    }

    /** An epoch by its number. */
    Optional<Span> numbered(long number) {
        return Optional.ofNullable(spans.get(number));
    }

    /** The epoch that a height above the tip belongs to, as far as is known. */
    Span at(long height) {
        for (Span span : spans.values()) {
            if (height <= span.last) {
                return span;
            }
        }
        return spans.lastEntry().getValue();
    }

    /** Adds an epoch that {@link Proofs#link} found nothing wrong with. */
    void add(EpochLink link) {
        Span before = spans.lastEntry().getValue();
        long boundary = link.boundary().height();
        spans.put(before.epoch.number(), new Span(before.epoch, before.after, boundary));
        Epoch next = link.epoch();
        spans.put(next.number(), new Span(next, boundary, OPEN));
    }

    /** Follows the ledger: what it executed is beyond doubt, and older epochs are over. */
    void advance(Position position) {
        Epoch epoch = position.epoch();
        spans.headMap(epoch.number()).clear();
        spans.putIfAbsent(epoch.number(), new Span(epoch, position.height(), OPEN));
    }
}
