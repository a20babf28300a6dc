package org.witan.chain.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.state.GenesisState;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Founding;

/** Rules P6 and P7: what a checkpoint must show, and what it excludes. */
final class CheckpointCheck {
    private CheckpointCheck() {}

    static Optional<String> ofGenesis(Checkpoint checkpoint, Founding founding) {
        BlockHeader first = checkpoint.links().getFirst().boundary();
        return first.hash().equals(GenesisState.genesisBlock(founding).hash())
                ? Optional.empty()
                : Optional.of(
                        "it begins with the genesis of network %s, this is %s"
                                .formatted(
                                        first.networkId().shortName(),
                                        founding.networkId().shortName()));
    }

    /** How the first epoch begins. */
    static EpochLink first(Founding founding) {
        return new EpochLink(
                1,
                GenesisState.genesisBlock(founding).header(),
                Optional.empty(),
                founding.firstEpoch().configuration());
    }

    static Optional<String> ofItself(Checkpoint checkpoint, Verifier verifier) {
        List<EpochLink> links = checkpoint.links();
        EpochLink first = links.getFirst();
        BlockHeader genesis = first.boundary();
        boolean founds =
                genesis.height() == 0
                        && genesis.epoch() == 0
                        && genesis.isBoundary()
                        && genesis.nextConfigHash().equals(first.epoch().configHash());
        if (!founds) {
            return Optional.of("its first validators are not those that its genesis names");
        }
        EpochWalk walk = new EpochWalk(first, verifier);
        return walk.follow(links.subList(1, links.size()))
                .or(() ->
                        walk.finalized(
                                checkpoint.header(),
                                checkpoint.descendants(),
                                Optional.of(checkpoint.finalization())));
    }

    static Optional<String> behind(Checkpoint checkpoint, Checkpoint trusted) {
        if (checkpoint.header().height() < trusted.header().height()) {
            return Optional.of(
                    "it lies at height %d, below the trusted checkpoint's %d"
                            .formatted(checkpoint.header().height(), trusted.header().height()));
        }
        for (BlockHeader header : known(checkpoint)) {
            Optional<String> problem = contradiction(trusted, header);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return Optional.empty();
    }

    static Optional<String> contradiction(Checkpoint checkpoint, BlockHeader other) {
        for (BlockHeader known : known(checkpoint)) {
            if (known.height() == other.height()) {
                return known.hash().equals(other.hash())
                        ? Optional.empty()
                        : Optional.of(
                                "block %d has another hash in the checkpoint"
                                        .formatted(other.height()));
            }
        }
        return fits(checkpoint, other)
                ? Optional.empty()
                : Optional.of(
                        "block %d of epoch %d cannot stand in the checkpoint's ledger"
                                .formatted(other.height(), other.epoch()));
    }

    /** Whether a block of a height that the checkpoint does not know has a possible epoch. */
    private static boolean fits(Checkpoint checkpoint, BlockHeader other) {
        if (other.height() > checkpoint.header().height()) {
            long least = checkpoint.epoch() + (checkpoint.header().isBoundary() ? 1 : 0);
            return other.epoch() >= least;
        }
        long epoch =
                checkpoint.links().stream()
                        .filter(link -> link.boundary().height() < other.height())
                        .count();
        // All boundaries below the checkpoint are known, so this would be one too many.
        return other.epoch() == epoch && !other.isBoundary();
    }

    private static List<BlockHeader> known(Checkpoint checkpoint) {
        List<BlockHeader> known = new ArrayList<>();
        checkpoint.links().forEach(link -> known.add(link.boundary()));
        known.add(checkpoint.header());
        known.addAll(checkpoint.descendants());
        return known;
    }
}
