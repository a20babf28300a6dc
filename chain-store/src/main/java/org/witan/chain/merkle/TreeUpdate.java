package org.witan.chain.merkle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.witan.chain.merkle.Slot.Child;
import org.witan.chain.merkle.Slot.Empty;
import org.witan.chain.merkle.Slot.Leaf;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.failure.Check;

/**
 * What one batch of changes does to a tree.
 *
 * @param root the top of the new version
 * @param added pages to write, children before their parents
 * @param stale pages of older versions that the new version does not reach any more
 */
public record TreeUpdate(TreeRoot root, Map<TreeKey, TreePage> added, List<TreeKey> stale) {
    /**
     * Applies a batch of changes.
     *
     * @param source the pages of the version below {@code root}
     * @param root the version to change
     * @param version of the pages to write, above that of any page there is
     * @param changes by hash of the path: hash of the new value, or empty to remove the leaf
     */
    public static TreeUpdate apply(
            PageSource source,
            TreeRoot root,
            long version,
            SortedMap<Hash, Optional<Hash>> changes) {
        return new Batch(source, version, changes).run(root);
    }

    /**
     * One change.
     *
     * @param path hash of the path
     * @param value hash of the value, empty to remove
     */
    private record Change(Hash path, Optional<Hash> value) {}

    /** The changes {@code from} to {@code to}, all below one slot. */
    private record Span(int from, int to) {
        int size() {
            return to - from;
        }
    }

    /** One run; recursion goes down at most 64 pages. */
    private static final class Batch {
        private final PageSource source;
        private final long version;
        private final List<Change> changes = new ArrayList<>();
        private final Digest digest = Digest.plain();
        private final Map<TreeKey, TreePage> added = new LinkedHashMap<>();
        private final List<TreeKey> stale = new ArrayList<>();

        Batch(PageSource source, long version, SortedMap<Hash, Optional<Hash>> changes) {
            this.source = source;
            this.version = version;
            changes.forEach((path, value) -> this.changes.add(new Change(path, value)));
        }

        TreeUpdate run(TreeRoot root) {
            boolean empty = root.hash().equals(Hash.NONE);
            TreeKey key = TreeKey.root(root.version());
            Slot[] slots = empty ? TreePage.emptySlots() : load(key).slots();
            if (!rewrite(slots, 0, new Span(0, changes.size()))) {
                return new TreeUpdate(root, Map.of(), List.of());
            }
            if (!empty) {
                stale.add(key);
            }
            Hash hash = new PageFold(slots, digest).top();
            if (!hash.equals(Hash.NONE)) {
                added.put(TreeKey.root(version), new TreePage(slots));
            }
            return new TreeUpdate(new TreeRoot(version, hash), added, stale);
        }

        /** Changes the slots of the page at {@code depth}; false if nothing came of it. */
        private boolean rewrite(Slot[] slots, int depth, Span span) {
            boolean changed = false;
            int from = span.from;
            while (from < span.to) {
                int nibble = TreeKey.nibble(changes.get(from).path, depth);
                int to = from + 1;
                while (to < span.to && TreeKey.nibble(changes.get(to).path, depth) == nibble) {
                    to++;
                }
                Slot after = below(slots[nibble], depth + 1, new Span(from, to));
                changed |= !after.equals(slots[nibble]);
                slots[nibble] = after;
                from = to;
            }
            return changed;
        }

        private Slot below(Slot slot, int depth, Span span) {
            return switch (slot) {
                case Child child -> descend(child, depth, span);
                case Leaf leaf when span.size() == 1 && first(span).path.equals(leaf.pathHash()) ->
                        leafOf(first(span));
                case Leaf leaf -> grow(leaf, depth, span);
                case Empty _ when span.size() == 1 -> leafOf(first(span));
                case Empty none -> grow(none, depth, span);
            };
        }

        private Slot descend(Child child, int depth, Span span) {
            TreeKey key = TreeKey.of(child.version(), depth, first(span).path);
            Slot[] slots = load(key).slots();
            if (!rewrite(slots, depth, span)) {
                return child;
            }
            stale.add(key);
            return settle(slots, depth, span);
        }

        /** A page where there was none, with the leaf that stood in its place. */
        private Slot grow(Slot before, int depth, Span span) {
            Slot[] slots = TreePage.emptySlots();
            if (before instanceof Leaf leaf) {
                slots[TreeKey.nibble(leaf.pathHash(), depth)] = leaf;
            }
            rewrite(slots, depth, span);
            return settle(slots, depth, span);
        }

        /** Keeps a page of two leaves or more; less moves up into the slot above. */
        private Slot settle(Slot[] slots, int depth, Span span) {
            Slot last = Empty.EMPTY;
            int used = 0;
            for (Slot slot : slots) {
                if (slot != Empty.EMPTY) {
                    last = slot;
                    used++;
                }
            }
            if (used == 0 || used == 1 && last instanceof Leaf) {
                return last;
            }
            added.put(TreeKey.of(version, depth, first(span).path), new TreePage(slots));
            return new Child(version, new PageFold(slots, digest).top());
        }

        private static Slot leafOf(Change change) {
            return change.value.isEmpty() ? Empty.EMPTY : new Leaf(change.path, change.value.get());
        }

        private Change first(Span span) {
            return changes.get(span.from);
        }

        private TreePage load(TreeKey key) {
            Optional<TreePage> page = source.page(key);
            Check.invariant(page.isPresent(), "the state tree lacks %s", key);
            return page.orElseThrow();
        }
    }
}
