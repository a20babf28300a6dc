package org.witan.chain.rocks;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.witan.chain.merkle.TreeKey;
import org.witan.chain.merkle.TreePage;

/**
 * Decoded pages of the upper levels, which nearly every update and proof passes.
 *
 * <p>Each key has one place; a newer page drives out an older one. Pages never change, so a race
 * between threads costs at most a second read. Bounded by its number of places, about 16 MiB.
 */
final class PageCache {
    private static final int PLACES = 1 << 13;

    /** Deeper pages of a large tree are seldom asked for twice. */
    private static final int MAX_DEPTH = 3;

    private final AtomicReferenceArray<Known> places = new AtomicReferenceArray<>(PLACES);

    private record Known(TreeKey key, TreePage page) {}

    @Nullable TreePage get(TreeKey key) {
        Known known = places.get(place(key));
        return known != null && known.key.equals(key) ? known.page : null;
    }

    void put(TreeKey key, TreePage page) {
        if (key.depth() <= MAX_DEPTH) {
            places.set(place(key), new Known(key, page));
        }
    }

    private static int place(TreeKey key) {
        // Versions of one page share a place: only the newest is worth keeping.
        int hash = key.pathHashCode();
        return (hash ^ hash >>> 13) & PLACES - 1;
    }
}
