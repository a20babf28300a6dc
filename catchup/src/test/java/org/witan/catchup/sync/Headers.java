package org.witan.catchup.sync;

import org.witan.chain.block.BlockHeader;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Epoch;

/** Headers with one thing changed. */
final class Headers {
    private Headers() {}

    static BlockHeader withHeight(BlockHeader header, long height) {
        return copy(header, header.epoch(), height, header.configHash(), header.nextConfigHash());
    }

    static BlockHeader withEpoch(BlockHeader header, long number, Epoch epoch) {
        return copy(header, number, header.height() + 1, epoch.configHash(), epoch.configHash());
    }

    static BlockHeader withNext(BlockHeader header, Hash nextConfigHash) {
        return copy(header, header.epoch(), header.height(), header.configHash(), nextConfigHash);
    }

    private static BlockHeader copy(
            BlockHeader header, long epoch, long height, Hash configHash, Hash nextConfigHash) {
        return new BlockHeader(
                header.networkId(),
                epoch,
                header.view(),
                height,
                header.proposer(),
                header.parentHash(),
                header.timestampMillis(),
                header.transactionRoot(),
                header.stateRoot(),
                configHash,
                nextConfigHash,
                header.previousBoundaryHash(),
                header.bodyBytes(),
                header.transactionCount());
    }
}
