package org.witan.chain.proof;

import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockBody;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.block.Certificate;
import org.witan.chain.block.VoteKind;
import org.witan.chain.merkle.Proof;
import org.witan.chain.state.GenesisState;
import org.witan.chain.state.PostState;
import org.witan.chain.state.StatePath;
import org.witan.chain.store.EpochLink;
import org.witan.chain.store.TestNetwork;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.membership.Configuration;
import org.witan.genesis.membership.Epoch;
import org.witan.genesis.membership.NodeId;

/** A boundary at height 5, and blocks 6 to 8 of epoch 2, of which only the last was finalized. */
final class TwoEpochs {
    final TestNetwork network = TestNetwork.of(4);
    final PostState state = GenesisState.of(network.founding());
    final Epoch first = network.founding().firstEpoch();
    final Epoch second =
            Epoch.of(
                    2,
                    new Configuration(
                            2, first.configuration().rules(), first.configuration().validators()));
    final Hash genesis = GenesisState.genesisBlock(network.founding()).hash();
    final BlockHeader boundary = header(5, Hash.NONE, List.of(first, second), genesis);
    final EpochLink link =
            new EpochLink(
                    2,
                    boundary,
                    Optional.of(finalization(first, boundary)),
                    second.configuration());
    final BlockHeader six = second(6, boundary);
    final BlockHeader seven = second(7, six);
    final BlockHeader eight = second(8, seven);

    /** How epoch 1 began. */
    final EpochLink founding =
            new EpochLink(
                    1,
                    GenesisState.genesisBlock(network.founding()).header(),
                    Optional.empty(),
                    first.configuration());

    /** A checkpoint of height 6. */
    Checkpoint checkpoint() {
        return new Checkpoint(
                List.of(founding, link), six, List.of(seven, eight), finalization(second, eight));
    }

    /** A block of the first epoch, at another height than the boundary's. */
    BlockHeader early(long height) {
        return early(height, Hash.NONE);
    }

    /** The same behind a certain parent. */
    BlockHeader early(long height, Hash parent) {
        return header(height, parent, List.of(first, first), genesis);
    }

    /** A bundle for a path, at height 6. */
    ProofBundle bundle(StatePath path) {
        return new ProofBundle(
                List.of(link),
                six,
                List.of(seven, eight),
                Optional.of(finalization(second, eight)),
                path,
                state.value(path),
                Proof.of(state, state.treeRoot(), path.hash()));
    }

    Certificate finalization(Epoch epoch, BlockHeader header) {
        return network.certificate(VoteKind.FINALIZE, epoch, header.height(), header.hash());
    }

    private BlockHeader second(long height, BlockHeader parent) {
        return header(height, parent.hash(), List.of(second, second), boundary.hash());
    }

    private BlockHeader header(long height, Hash parent, List<Epoch> epochs, Hash boundaryBefore) {
        return new BlockHeader(
                network.id(),
                epochs.getFirst().number(),
                height,
                height,
                new NodeId("v1"),
                parent,
                TestNetwork.CREATED_MILLIS,
                BlockBody.EMPTY.root(),
                state.root(),
                epochs.getFirst().configHash(),
                epochs.getLast().configHash(),
                boundaryBefore,
                BlockBody.EMPTY.sizeBytes(),
                0);
    }
}
