package org.witan.catchup.snapshot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.witan.catchup.wire.Request.GetChunk;
import org.witan.chain.store.StateChunk;
import org.witan.genesis.crypto.Hash;

/** Which parts of a state are here: equal shares of the path hashes, each fetched upwards. */
final class Segments {
    /** Shares, so that several members can be asked at once; a power of two, at most 256. */
    static final int COUNT = 32;

    /** One share. */
    static final class Segment {
        private final Hash to;
        private Optional<Hash> next;
        private boolean asked;

        Segment(Hash from, Hash to) {
            next = Optional.of(from);
            this.to = to;
        }

        /** What is missing from here on. */
        Hash from() {
            return next.orElseThrow();
        }

        Hash to() {
            return to;
        }

        boolean isFree() {
            return next.isPresent() && !asked;
        }

        void asked(boolean now) {
            asked = now;
        }
    }

    private final List<Segment> all = new ArrayList<>();
    private long sizeBytes;

    Segments() {
        int width = 256 / COUNT;
        for (int i = 0; i < COUNT; i++) {
            all.add(new Segment(bound(i * width, 0), bound((i + 1) * width - 1, 0xff)));
        }
    }

    private static Hash bound(int first, int others) {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        Arrays.fill(bytes, (byte) others);
        bytes[0] = (byte) first;
        return Hash.of(bytes);
    }

    /** The first share that somebody should be asked for. */
    Optional<Segment> free() {
        return all.stream().filter(Segment::isFree).findFirst();
    }

    /** The share that waits for a chunk from here on. */
    Optional<Segment> waitingFrom(Hash from) {
        return all.stream()
                .filter(segment -> segment.next.filter(from::equals).isPresent())
                .findFirst();
    }

    /** Whether a chunk begins where it was asked to, and ends there or at its last value. */
    static boolean answers(GetChunk asked, StateChunk chunk) {
        boolean ends =
                chunk.to().equals(asked.to())
                        || !chunk.items().isEmpty()
                                && chunk.items().getLast().path().hash().equals(chunk.to());
        return ends && chunk.from().equals(asked.from()) && chunk.to().compareTo(asked.to()) <= 0;
    }

    /** Notes a chunk that begins where the share waits; false if it goes beyond. */
    boolean add(Segment segment, StateChunk chunk) {
        int order = chunk.to().compareTo(segment.to);
        if (order > 0) {
            return false;
        }
        segment.next = order == 0 ? Optional.empty() : StateChunk.after(chunk.to());
        sizeBytes += chunk.sizeBytes();
        return true;
    }

    boolean areComplete() {
        return all.stream().allMatch(segment -> segment.next.isEmpty());
    }

    /** How many shares are here. */
    long complete() {
        return all.stream().filter(segment -> segment.next.isEmpty()).count();
    }

    /** Bytes of values that are here. */
    long sizeBytes() {
        return sizeBytes;
    }
}
