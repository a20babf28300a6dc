package org.witan.chain.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/** Random histories: every version must be the tree of its definition, and prove itself. */
final class TreeTest {
    private final Map<TreeKey, TreePage> pages = new HashMap<>();
    private final SortedMap<Hash, Hash> leaves = new TreeMap<>();
    private TreeRoot root = TreeRoot.EMPTY;

    /** Fixed in every build; {@code -Dseeds=N} for more, {@code -Dseed=K} for one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 40));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyVersionIsTheTreeOfItsDefinition(long seed) {
        Random random = new Random(seed);
        int sharedBytes = random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 0;
        for (int version = 1; version <= 12; version++) {
            SortedMap<Hash, Optional<Hash>> changes = changes(random, sharedBytes);
            TreeUpdate update = TreeUpdate.apply(this::page, root, version, changes);
            take(update, changes);
            assertThat(root.hash()).isEqualTo(NaiveTree.root(leaves));
            assertOnlyReachable();
        }
        for (int i = 0; i < 8; i++) {
            assertProves(hash(random, sharedBytes));
        }
        leaves.keySet().stream().limit(8).toList().forEach(this::assertProves);
    }

    @Test
    void aChangeThatChangesNothingWritesNothing() {
        Hash path = Digest.plain().add(1).done();
        apply(1, new TreeMap<>(Map.of(path, Optional.of(Hash.NONE))));
        TreeRoot before = root;
        TreeUpdate same =
                TreeUpdate.apply(
                        this::page, root, 2, new TreeMap<>(Map.of(path, Optional.of(Hash.NONE))));
        assertThat(same.root()).isEqualTo(before);
        assertThat(same.added()).isEmpty();
        assertThat(same.stale()).isEmpty();
    }

    @Test
    void removingTheLastLeafLeavesTheEmptyTree() {
        Hash path = Digest.plain().add(1).done();
        apply(1, new TreeMap<>(Map.of(path, Optional.of(Hash.NONE))));
        apply(2, new TreeMap<>(Map.of(path, Optional.empty())));
        assertThat(root.hash()).isEqualTo(Hash.NONE);
        assertThat(pages).isEmpty();
        assertProves(path);
    }

    @Test
    void olderVersionsStayWholeAsLongAsTheirPagesAreKept() {
        Map<Integer, TreeRoot> roots = new HashMap<>();
        Map<Integer, SortedMap<Hash, Hash>> contents = new HashMap<>();
        Map<TreeKey, TreePage> all = new HashMap<>();
        Random random = new Random(7);
        for (int version = 1; version <= 30; version++) {
            SortedMap<Hash, Optional<Hash>> changes = changes(random, 0);
            TreeUpdate update = TreeUpdate.apply(this::page, root, version, changes);
            take(update, changes);
            all.putAll(update.added());
            roots.put(version, root);
            contents.put(version, new TreeMap<>(leaves));
        }
        Hash path = leaves.firstKey();
        roots.forEach((version, old) -> {
            Proof proof = Proof.of(key -> Optional.ofNullable(all.get(key)), old, path);
            SortedMap<Hash, Hash> then = java.util.Objects.requireNonNull(contents.get(version));
            List<Hash> siblings = new ArrayList<>();
            NaiveTree.walk(then, path, siblings);
            assertThat(proof.siblings()).as("version %d", version).isEqualTo(siblings);
        });
    }

    private SortedMap<Hash, Optional<Hash>> changes(Random random, int sharedBytes) {
        SortedMap<Hash, Optional<Hash>> changes = new TreeMap<>();
        List<Hash> present = List.copyOf(leaves.keySet());
        for (int i = random.nextInt(60); i >= 0; i--) {
            Hash path =
                    present.isEmpty() || random.nextInt(3) == 0
                            ? hash(random, sharedBytes)
                            : present.get(random.nextInt(present.size()));
            boolean remove = random.nextInt(5) < 2;
            changes.put(path, remove ? Optional.empty() : Optional.of(hash(random, 0)));
        }
        return changes;
    }

    /** A random hash; paths that share many bits make deep trees. */
    private static Hash hash(Random random, int sharedBytes) {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        random.nextBytes(bytes);
        java.util.Arrays.fill(bytes, 0, sharedBytes, (byte) 0x5a);
        return Hash.of(bytes);
    }

    private void apply(int version, SortedMap<Hash, Optional<Hash>> changes) {
        take(TreeUpdate.apply(this::page, root, version, changes), changes);
    }

    private void take(TreeUpdate update, SortedMap<Hash, Optional<Hash>> changes) {
        update.stale().forEach(key -> assertThat(pages.remove(key)).as("%s", key).isNotNull());
        update.added()
                .forEach((key, page) -> {
                    byte[] bytes = TreePage.CODEC.encode(page);
                    pages.put(key, TreePage.CODEC.decode(bytes).orThrow());
                    assertThat(TreeKey.CODEC.decode(TreeKey.CODEC.encode(key)).orThrow())
                            .isEqualTo(key);
                });
        root = update.root();
        changes.forEach((path, value) ->
                value.ifPresentOrElse(v -> leaves.put(path, v), () -> leaves.remove(path)));
    }

    /** What is not stale is reached, and what is reached is there. */
    private void assertOnlyReachable() {
        List<TreeKey> reached = new ArrayList<>();
        for (Hash leaf : leaves.keySet()) {
            Proof.of(
                    key -> {
                        reached.add(key);
                        return page(key);
                    },
                    root,
                    leaf);
        }
        assertThat(pages.keySet())
                .containsExactlyInAnyOrderElementsOf(List.copyOf(new java.util.TreeSet<>(reached)));
    }

    private void assertProves(Hash path) {
        Proof made = Proof.of(this::page, root, path);
        Proof proof = Proof.CODEC.decode(Proof.CODEC.encode(made)).orThrow();
        List<Hash> siblings = new ArrayList<>();
        var found = NaiveTree.walk(leaves, path, siblings);
        assertThat(proof.siblings()).isEqualTo(siblings);
        boolean present = leaves.containsKey(path);
        assertThat(proof.ending() == Proof.Own.LEAF).isEqualTo(present);
        if (!present) {
            assertThat(proof.holds(root.hash(), path, Optional.empty())).isTrue();
            assertThat(proof.ending() instanceof Proof.Other).isEqualTo(found.isPresent());
        }
        assertThat(proof.holds(root.hash(), path, Optional.of(new byte[] {1}))).isFalse();
        assertThat(proof.holds(root.hash(), path, Optional.empty())).isEqualTo(!present);
    }

    private Optional<TreePage> page(TreeKey key) {
        return Optional.ofNullable(pages.get(key));
    }
}
