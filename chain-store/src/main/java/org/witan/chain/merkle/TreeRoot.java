package org.witan.chain.merkle;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * The top of one version of the tree.
 *
 * <p>Wire: version u63, hash 32.
 *
 * @param version the height that last changed anything; names the root page
 * @param hash the state root, {@link Hash#NONE} for an empty tree, which has no page
 */
public record TreeRoot(long version, Hash hash) {
    /** The tree without leaves that every history begins with. */
    public static final TreeRoot EMPTY = new TreeRoot(0, Hash.NONE);

    /** See the type. */
    public static final Codec<TreeRoot> CODEC =
            new Codec<>(
                    (root, out) -> Hash.CODEC.write(root.hash, out.u63(root.version)),
                    in -> new TreeRoot(in.u63(), Hash.CODEC.read(in)));
}
