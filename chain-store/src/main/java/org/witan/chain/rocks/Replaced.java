package org.witan.chain.rocks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.witan.chain.merkle.TreeKey;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.codec.Reader;
import org.witan.genesis.crypto.Hash;

/**
 * What the block of one height replaced: kept for a while so that older states stay readable.
 *
 * <p>Wire: stale pages behind a u31 count, path hashes behind a u31 count.
 *
 * @param pages of the tree that only older states reach
 * @param paths whose value before this height was kept
 */
record Replaced(List<TreeKey> pages, List<Hash> paths) {
    private static final int MIN_KEY_BYTES = 9;

    static final Codec<Replaced> CODEC =
            new Codec<>(
                    (replaced, out) -> {
                        out.u31(replaced.pages.size());
                        replaced.pages.forEach(key -> TreeKey.CODEC.write(key, out));
                        out.u31(replaced.paths.size());
                        replaced.paths.forEach(hash -> Hash.CODEC.write(hash, out));
                    },
                    in -> {
                        TreeKey[] pages = new TreeKey[count(in, MIN_KEY_BYTES)];
                        Arrays.setAll(pages, i -> TreeKey.CODEC.read(in));
                        Hash[] paths = new Hash[count(in, Hash.SIZE_BYTES)];
                        Arrays.setAll(paths, i -> Hash.CODEC.read(in));
                        return new Replaced(List.of(pages), List.of(paths));
                    });

    /** A u31 count of items that fit into what is left. */
    private static int count(Reader in, int leastBytes) {
        int count = in.u31();
        if (count > in.left() / leastBytes) {
            throw in.refuse("count " + count + " cannot fit into " + in.left() + " bytes");
        }
        return count;
    }

    boolean isEmpty() {
        return pages.isEmpty() && paths.isEmpty();
    }

    /**
     * The name of one kept value, ordered by path, then by height.
     *
     * <p>Wire: path hash 32, height u63.
     *
     * @param pathHash of the path
     * @param height whose block replaced the value
     */
    record Key(Hash pathHash, long height) {
        static final Codec<Key> CODEC =
                new Codec<>(
                        (key, out) -> {
                            Hash.CODEC.write(key.pathHash, out);
                            out.u63(key.height);
                        },
                        in -> new Key(Hash.CODEC.read(in), in.u63()));
    }

    /** The kept value: present u8, then its bytes behind a u31 length. */
    static final Codec<Optional<byte[]>> VALUE =
            new Codec<>(
                    (value, out) -> {
                        out.bool(value.isPresent());
                        value.ifPresent(out::bytes32);
                    },
                    in ->
                            in.bool()
                                    ? Optional.of(in.bytes32(Integer.MAX_VALUE))
                                    : Optional.empty());
}
