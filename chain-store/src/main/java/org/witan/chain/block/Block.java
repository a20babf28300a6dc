package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * A header with its body. Immutable; the hash is computed once.
 *
 * <p>Wire: header, body. That the body belongs to the header is {@link #bodyMatches}, not a promise
 * of the type.
 */
public final class Block {
    /** See the type. */
    public static final Codec<Block> CODEC =
            new Codec<>(
                    (block, out) -> {
                        BlockHeader.CODEC.write(block.header, out);
                        BlockBody.CODEC.write(block.body, out);
                    },
                    in -> new Block(BlockHeader.CODEC.read(in), BlockBody.CODEC.read(in)));

    /** Least size of an encoded block, for checks before allocation. */
    public static final int MIN_BYTES = 200;

    private final BlockHeader header;
    private final BlockBody body;
    private final Hash hash;

    /** A block of both parts. */
    public Block(BlockHeader header, BlockBody body) {
        this.header = header;
        this.body = body;
        hash = header.hash();
    }

    /** What the block commits to. */
    public BlockHeader header() {
        return header;
    }

    /** The transactions. */
    public BlockBody body() {
        return body;
    }

    /** The header's hash. */
    public Hash hash() {
        return hash;
    }

    /** The block's number. */
    public long height() {
        return header.height();
    }

    /** Whether size, count and root of the body are those that the header names. */
    public boolean bodyMatches() {
        return header.transactionCount() == body.transactions().size()
                && header.bodyBytes() == body.sizeBytes()
                && header.transactionRoot().equals(body.root());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block block && hash.equals(block.hash) && body.equals(block.body);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "block " + header.height() + " " + hash.shortHex();
    }
}
