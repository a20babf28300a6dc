package org.witan.chain.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.witan.chain.block.Golden;
import org.witan.genesis.crypto.Hash;

/** A range is proven whole, and nothing else is proven by its proof. */
final class RangeProofTest {
    private static final Hash LEAST = Hash.NONE;
    private static final Hash GREATEST = filled(0xff);

    private final Map<TreeKey, TreePage> pages = new HashMap<>();
    private final TreeMap<Hash, Hash> all = new TreeMap<>();
    private TreeRoot root = TreeRoot.EMPTY;
    private Hash from = LEAST;
    private Hash to = GREATEST;

    /** Fixed in every build; {@code -Dseeds=N} for more, {@code -Dseed=K} for one. */
    static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one != null ? LongStream.of(one) : LongStream.range(0, Long.getLong("seeds", 60));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aRangeProvesItselfAndNothingElse(long seed) {
        Random random = new Random(seed);
        int shared = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : 0;
        grow(random, 1, shared, random.nextInt(200));
        Hash older = root.hash();
        grow(random, 2, shared, 1 + random.nextInt(50));
        for (int i = 0; i < 6; i++) {
            choose(random, shared);
            TreeMap<Hash, Hash> range = new TreeMap<>(all.subMap(from, true, to, true));
            RangeProof proof = proof();
            assertThat(proof.holds(root.hash(), from, to, range)).isTrue();
            assertThat(proof.holds(older, from, to, range)).as("another height").isFalse();
            assertRefusesOtherLeaves(proof, range, random);
            assertRefusesOtherEnds(proof, range);
            assertRefusesOtherSides(proof, range);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void chunksThatFollowEachOtherHoldTheWholeTree(long seed) {
        Random random = new Random(seed);
        grow(random, 1, 0, 1 + random.nextInt(300));
        TreeMap<Hash, Hash> fetched = new TreeMap<>();
        from = LEAST;
        while (true) {
            List<Hash> next = all.tailMap(from, true).keySet().stream().limit(17).toList();
            boolean last = next.size() < 17;
            to = last ? GREATEST : next.getLast();
            SortedMap<Hash, Hash> chunk = all.subMap(from, true, to, true);
            assertThat(proof().holds(root.hash(), from, to, chunk)).isTrue();
            fetched.putAll(chunk);
            if (last) {
                break;
            }
            from = successor(to);
        }
        assertThat(fetched).isEqualTo(all);
        assertThat(NaiveTree.root(fetched)).isEqualTo(root.hash());
    }

    @Test
    void theFormatIsHeldStill() {
        grow(new Random(7), 1, 0, 20);
        List<Hash> leaves = List.copyOf(all.keySet());
        from = leaves.get(5);
        to = leaves.get(12);
        Golden.check(RangeProofTest.class, "range-proof.v1", RangeProof.CODEC, proof());
    }

    private void assertRefusesOtherLeaves(
            RangeProof proof, TreeMap<Hash, Hash> range, Random random) {
        for (Hash path : range.keySet().stream().limit(5).toList()) {
            TreeMap<Hash, Hash> other = new TreeMap<>(range);
            other.put(path, hash(random, 0));
            assertThat(proof.holds(root.hash(), from, to, other)).as("changed").isFalse();
            other.remove(path);
            assertThat(proof.holds(root.hash(), from, to, other)).as("missing").isFalse();
            Hash moved = between(random, path);
            if (!moved.equals(path)) {
                other.put(moved, range.get(path));
                assertThat(proof.holds(root.hash(), from, to, other)).as("moved").isFalse();
            }
        }
        TreeMap<Hash, Hash> more = new TreeMap<>(range);
        more.putIfAbsent(from, hash(random, 0));
        if (more.size() > range.size()) {
            assertThat(proof.holds(root.hash(), from, to, more)).as("extra").isFalse();
        }
    }

    /** Ends that would take in or leave out a leaf; others may be proven by the same sides. */
    private void assertRefusesOtherEnds(RangeProof proof, TreeMap<Hash, Hash> range) {
        Hash below = all.lowerKey(from);
        if (below != null) {
            assertThat(proof.holds(root.hash(), below, to, range)).as("from").isFalse();
        }
        Hash above = all.higherKey(to);
        if (above != null) {
            assertThat(proof.holds(root.hash(), from, above, range)).as("to").isFalse();
        }
        if (!range.isEmpty()) {
            Hash inner = successor(range.firstKey());
            assertThat(proof.holds(root.hash(), inner, to, range)).as("outside").isFalse();
        }
    }

    private void assertRefusesOtherSides(RangeProof proof, TreeMap<Hash, Hash> range) {
        List<RangeProof.Side> more = new ArrayList<>(proof.sides());
        more.add(RangeProof.Nothing.EMPTY);
        assertThat(new RangeProof(more).holds(root.hash(), from, to, range)).isFalse();
        if (!proof.sides().isEmpty()) {
            RangeProof less = new RangeProof(proof.sides().subList(1, proof.sides().size()));
            assertThat(less.holds(root.hash(), from, to, range)).isFalse();
        }
        // The leaf of the range that its sides could hide: a lone one rises to where a side hangs.
        if (range.size() == 1) {
            var leaf = new RangeProof.OneLeaf(range.firstKey(), range.firstEntry().getValue());
            for (int i = 0; i < proof.sides().size(); i++) {
                List<RangeProof.Side> hiding = new ArrayList<>(proof.sides());
                hiding.set(i, leaf);
                assertThat(new RangeProof(hiding).holds(root.hash(), from, to, new TreeMap<>()))
                        .isFalse();
            }
        }
    }

    /** Ends at random, often at leaves or just beside them. */
    private void choose(Random random, int shared) {
        Hash one = end(random, shared);
        Hash other = random.nextInt(4) == 0 ? one : end(random, shared);
        from = one.compareTo(other) <= 0 ? one : other;
        to = from.equals(one) ? other : one;
    }

    private Hash end(Random random, int shared) {
        List<Hash> leaves = List.copyOf(all.keySet());
        return switch (random.nextInt(5)) {
            case 0 -> LEAST;
            case 1 -> GREATEST;
            case 2 -> hash(random, shared);
            case 3 -> successor(leaves.get(random.nextInt(leaves.size())));
            default -> leaves.get(random.nextInt(leaves.size()));
        };
    }

    /** Another path of the range that differs in its last byte only, if that is still in it. */
    private Hash between(Random random, Hash path) {
        byte[] bytes = path.toBytes();
        bytes[31] ^= (byte) (1 + random.nextInt(255));
        Hash moved = Hash.of(bytes);
        return all.containsKey(moved) ? path : moved;
    }

    private RangeProof proof() {
        RangeProof made = RangeProof.of(key -> Optional.ofNullable(pages.get(key)), root, from, to);
        assertThat(made.sides()).hasSizeLessThanOrEqualTo(RangeProof.MAX_SIDES);
        return RangeProof.CODEC.decode(RangeProof.CODEC.encode(made)).orThrow();
    }

    private void grow(Random random, int version, int shared, int count) {
        SortedMap<Hash, Optional<Hash>> changes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            changes.put(hash(random, shared), Optional.of(hash(random, 0)));
        }
        TreeUpdate update =
                TreeUpdate.apply(
                        key -> Optional.ofNullable(pages.get(key)), root, version, changes);
        pages.putAll(update.added());
        root = update.root();
        changes.forEach((path, value) -> all.put(path, value.orElseThrow()));
    }

    private static Hash hash(Random random, int shared) {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        random.nextBytes(bytes);
        Arrays.fill(bytes, 0, shared, (byte) 0x5a);
        return Hash.of(bytes);
    }

    private static Hash filled(int with) {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        Arrays.fill(bytes, (byte) with);
        return Hash.of(bytes);
    }

    private static Hash successor(Hash hash) {
        byte[] bytes = hash.toBytes();
        int last = bytes.length - 1;
        while (last > 0 && bytes[last] == (byte) 0xff) {
            bytes[last] = 0;
            last--;
        }
        bytes[last]++;
        return Hash.of(bytes);
    }
}
