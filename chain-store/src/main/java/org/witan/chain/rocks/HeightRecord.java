package org.witan.chain.rocks;

import org.witan.chain.block.BlockHeader;
import org.witan.chain.merkle.TreeRoot;
import org.witan.genesis.codec.Codec;
import org.witan.genesis.crypto.Hash;

/**
 * What stands at a height: enough for proofs and links without touching the block.
 *
 * <p>Wire: hash 32, tree version u63, header.
 *
 * @param hash of the header
 * @param treeVersion the height that wrote the root page of the state after this block
 * @param header the block's header
 */
record HeightRecord(Hash hash, long treeVersion, BlockHeader header) {
    static final Codec<HeightRecord> CODEC =
            new Codec<>(
                    (record, out) -> {
                        Hash.CODEC.write(record.hash, out);
                        out.u63(record.treeVersion);
                        BlockHeader.CODEC.write(record.header, out);
                    },
                    in ->
                            new HeightRecord(
                                    Hash.CODEC.read(in), in.u63(), BlockHeader.CODEC.read(in)));

    TreeRoot treeRoot() {
        return new TreeRoot(treeVersion, header.stateRoot());
    }
}
