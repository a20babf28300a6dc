package org.witan.chain.store;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.witan.chain.block.Operation;
import org.witan.chain.merkle.RangeProof;
import org.witan.chain.state.StatePath;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.codec.Writer;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;

/**
 * All values of one state whose path hashes lie from one to another, both included, with what
 * proves to a holder of the state root that none was changed, left out or added.
 *
 * <p>Wire v1: version u8, from 32, to 32, items u16 count, each path and value behind a u31 length,
 * proof. Golden: {@code state-chunk.v1.hex}. Source: docs/protocol/catchup.md, K18.
 *
 * @param from least path hash
 * @param to greatest path hash, not below {@code from}
 * @param items ascending by the hash of their paths
 * @param proof rule T5
 */
public record StateChunk(Hash from, Hash to, List<Item> items, RangeProof proof) {
    /** Most items. */
    public static final int MAX_ITEMS = 4096;

    /** Longest value in bytes: an entry's content with what stands around it, and some room. */
    public static final int MAX_VALUE_BYTES = Operation.MAX_VALUE_BYTES + (4 << 10);

    /** No path hash is greater. */
    public static final Hash LAST = last();

    /** See the type. */
    public static final Codec<StateChunk> CODEC = new Codec<>(StateChunk::write, StateChunk::read);

    /** Least size of an item: the lengths and a path of one byte. */
    private static final int ITEM_MIN_BYTES = 2 + 1 + 4;

    /**
     * One value.
     *
     * @param path where it stands
     * @param value its bytes, not copied
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Item(StatePath path, byte[] value) {
        static final Codec<Item> CODEC =
                new Codec<>(
                        (item, out) -> {
                            StatePath.CODEC.write(item.path, out);
                            out.bytes32(item.value);
                        },
                        in -> new Item(StatePath.CODEC.read(in), in.bytes32(MAX_VALUE_BYTES)));

        @Override
        public boolean equals(Object other) {
            return other instanceof Item item
                    && path.equals(item.path)
                    && Arrays.equals(value, item.value);
        }

        @Override
        public int hashCode() {
            return 31 * path.hashCode() + Arrays.hashCode(value);
        }
    }

    /** Whether the state with this root holds exactly these values between the two ends. */
    public boolean holds(Hash root) {
        return proof.holds(root, from, to, leaves());
    }

    /** Path hash to value hash, ascending. */
    public SortedMap<Hash, Hash> leaves() {
        Digest digest = Digest.plain();
        SortedMap<Hash, Hash> leaves = new TreeMap<>();
        items.forEach(item -> leaves.put(item.path.hash(), digest.add(item.value).done()));
        return leaves;
    }

    /** Size of paths and values in bytes. */
    public long sizeBytes() {
        return items.stream().mapToLong(i -> i.path.toBytes().length + i.value.length).sum();
    }

    /** The hash that follows another one; empty after {@link #LAST}. */
    public static Optional<Hash> after(Hash hash) {
        byte[] bytes = hash.toBytes();
        for (int at = bytes.length - 1; at >= 0; at--) {
            if (++bytes[at] != 0) {
                return Optional.of(Hash.of(bytes));
            }
        }
        return Optional.empty();
    }

    private static Hash last() {
        byte[] bytes = new byte[Hash.SIZE_BYTES];
        Arrays.fill(bytes, (byte) 0xff);
        return Hash.of(bytes);
    }

    private static void write(StateChunk chunk, Writer out) {
        Hash.CODEC.write(chunk.from, out.u8(1));
        Hash.CODEC.write(chunk.to, out);
        out.list16(chunk.items, Item.CODEC);
        RangeProof.CODEC.write(chunk.proof, out);
    }

    private static StateChunk read(Reader in) {
        in.version(1);
        Hash from = Hash.CODEC.read(in);
        Hash to = Hash.CODEC.read(in);
        if (from.compareTo(to) > 0) {
            throw in.refuse("a chunk that ends before it begins");
        }
        List<Item> items = in.list16(MAX_ITEMS, ITEM_MIN_BYTES, Item.CODEC);
        Optional<Hash> before = Optional.empty();
        for (Item item : items) {
            Hash hash = item.path.hash();
            if (before.isPresent() && before.get().compareTo(hash) >= 0) {
                throw in.refuse("values out of the order of their path hashes");
            }
            before = Optional.of(hash);
        }
        return new StateChunk(from, to, items, RangeProof.CODEC.read(in));
    }
}
