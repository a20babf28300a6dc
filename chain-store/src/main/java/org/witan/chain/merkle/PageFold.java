package org.witan.chain.merkle;

import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * The binary nodes inside a page, from its 16 slots up to its top.
 *
 * <p>Node {@code i} of level {@code l} spans slots {@code i << l} to {@code (i + 1 << l) - 1}. A
 * node that spans one leaf and nothing else is that leaf.
 */
final class PageFold {
    /** Binary levels of a page. */
    static final int LEVELS = 4;

    /** What a node spans. */
    enum Span {
        NOTHING,
        ONE_LEAF,
        SEVERAL
    }

    private final Hash[][] hashes = new Hash[LEVELS + 1][];
    private final Span[][] spans = new Span[LEVELS + 1][];

    PageFold(Slot[] slots, Digest digest) {
        hashes[0] = new Hash[TreePage.SLOTS];
        spans[0] = new Span[TreePage.SLOTS];
        for (int n = 0; n < TreePage.SLOTS; n++) {
            switch (slots[n]) {
                case Empty _ -> set(0, n, Span.NOTHING, Hash.NONE);
                case Leaf leaf -> set(0, n, Span.ONE_LEAF, leaf.hash(digest));
                case Child(_, var hash) -> set(0, n, Span.SEVERAL, hash);
            }
        }
        for (int level = 1; level <= LEVELS; level++) {
            int width = TreePage.SLOTS >> level;
            hashes[level] = new Hash[width];
            spans[level] = new Span[width];
            for (int i = 0; i < width; i++) {
                join(level, i, digest);
            }
        }
    }

    /** Hash of the whole page. */
    Hash top() {
        return hashes[LEVELS][0];
    }

    Hash hash(int level, int index) {
        return hashes[level][index];
    }

    Span span(int level, int index) {
        return spans[level][index];
    }

    private void join(int level, int i, Digest digest) {
        int left = 2 * i;
        int right = left + 1;
        Span leftSpan = spans[level - 1][left];
        Span rightSpan = spans[level - 1][right];
        if (leftSpan == Span.NOTHING && rightSpan != Span.SEVERAL) {
            set(level, i, rightSpan, hashes[level - 1][right]);
        } else if (rightSpan == Span.NOTHING && leftSpan != Span.SEVERAL) {
            set(level, i, leftSpan, hashes[level - 1][left]);
        } else {
            Hash both =
                    digest.add(1).add(hashes[level - 1][left]).add(hashes[level - 1][right]).done();
            set(level, i, Span.SEVERAL, both);
        }
    }

    private void set(int level, int index, Span span, Hash hash) {
        hashes[level][index] = hash;
        spans[level][index] = span;
    }
}
