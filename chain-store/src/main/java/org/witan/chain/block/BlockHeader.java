package org.witan.chain.block;

import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Digest;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.NetworkId;
import org.witan.genesis.membership.NodeId;

/**
 * What a block commits to; its hash is the block's name.
 *
 * <p>Wire v1: version u8, then the components in their order. Golden: {@code header.v1.hex}. Height
 * 0 is the genesis header, which every node derives from the genesis file and nobody signs.
 *
 * @param networkId the network
 * @param epoch span with one validator set, from 1
 * @param view attempt within the epoch in which the block was first proposed, from 1
 * @param height block number, from 1; dense
 * @param proposer leader of the view
 * @param parentHash hash of the header at {@code height - 1}
 * @param timestampMillis the proposer's clock, milliseconds since 1970, never below the parent's
 * @param transactionRoot Merkle root over the body, see {@link BlockBody#root}
 * @param stateRoot root of the network state after this block
 * @param configHash hash of the configuration that this block was voted under
 * @param nextConfigHash hash of the configuration after this block; a difference makes a boundary
 * @param previousBoundaryHash hash of the header that began this epoch
 * @param bodyBytes size of the encoded body
 * @param transactionCount number of transactions in the body
 */
public record BlockHeader(
        NetworkId networkId,
        long epoch,
        long view,
        long height,
        NodeId proposer,
        Hash parentHash,
        long timestampMillis,
        Hash transactionRoot,
        Hash stateRoot,
        Hash configHash,
        Hash nextConfigHash,
        Hash previousBoundaryHash,
        int bodyBytes,
        int transactionCount) {
    /** Greatest size of an encoded header. */
    public static final int MAX_BYTES = 1 + 7 * 32 + 4 * 8 + 64 + 4 + 4;

    /** See the type. */
    public static final Codec<BlockHeader> CODEC =
            new Codec<>(
                    (header, out) -> {
                        out.u8(1);
                        NetworkId.CODEC.write(header.networkId, out);
                        out.u63(header.epoch).u63(header.view).u63(header.height);
                        NodeId.CODEC.write(header.proposer, out);
                        Hash.CODEC.write(header.parentHash, out);
                        out.u63(header.timestampMillis);
                        Hash.CODEC.write(header.transactionRoot, out);
                        Hash.CODEC.write(header.stateRoot, out);
                        Hash.CODEC.write(header.configHash, out);
                        Hash.CODEC.write(header.nextConfigHash, out);
                        Hash.CODEC.write(header.previousBoundaryHash, out);
                        out.u31(header.bodyBytes).u31(header.transactionCount);
                    },
                    in -> {
                        in.version(1);
                        return new BlockHeader(
                                NetworkId.CODEC.read(in),
                                in.u63(),
                                in.u63(),
                                in.u63(),
                                NodeId.CODEC.read(in),
                                Hash.CODEC.read(in),
                                in.u63(),
                                Hash.CODEC.read(in),
                                Hash.CODEC.read(in),
                                Hash.CODEC.read(in),
                                Hash.CODEC.read(in),
                                Hash.CODEC.read(in),
                                in.u31(),
                                in.u31());
                    });

    /** SHA-256 of the encoding behind its tag; computed on each call, so keep it. */
    public Hash hash() {
        return Digest.tagged("witan/header/1").add(CODEC.encode(this)).done();
    }

    /** Whether this block ends its epoch. */
    public boolean isBoundary() {
        return !nextConfigHash.equals(configHash);
    }
}
