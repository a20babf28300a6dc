package org.witan.chain.proof;

import java.util.Optional;
import org.witan.chain.block.BlockHeader;
import org.witan.chain.store.EpochLink;
import org.witan.genesis.crypto.Hash;
import org.witan.genesis.crypto.Verifier;
import org.witan.genesis.membership.Founding;

/** Rules P2 and P7: from the genesis or a checkpoint to a header, then the tree to a value. */
final class BundleCheck {
    private BundleCheck() {}

    /** Rule P2. */
    static Optional<String> problem(ProofBundle bundle, Founding founding, Verifier verifier) {
        EpochWalk walk = new EpochWalk(founding, verifier);
        return walk.follow(bundle.links()).or(() -> header(bundle, walk)).or(() -> value(bundle));
    }

    /** Rule P7. */
    static Optional<String> problem(ProofBundle bundle, Checkpoint trusted, Verifier verifier) {
        if (bundle.header().height() == 0) {
            EpochWalk genesis = new EpochWalk(trusted.links().getFirst(), verifier);
            return header(bundle, genesis).or(() -> value(bundle));
        }
        long first =
                bundle.links().isEmpty()
                        ? bundle.header().epoch()
                        : bundle.links().getFirst().number() - 1;
        if (first < 1 || first > trusted.epoch()) {
            return Optional.of(
                    "it begins with epoch %d, the checkpoint knows epochs 1 to %d"
                            .formatted(first, trusted.epoch()));
        }
        EpochWalk walk = new EpochWalk(trusted.links().get((int) first - 1), verifier);
        return contradiction(bundle, trusted)
                .or(() -> walk.follow(bundle.links()))
                .or(() -> header(bundle, walk))
                .or(() -> value(bundle));
    }

    private static Optional<String> contradiction(ProofBundle bundle, Checkpoint trusted) {
        for (EpochLink link : bundle.links()) {
            Optional<String> problem = trusted.contradiction(link.boundary());
            if (problem.isPresent()) {
                return problem;
            }
        }
        for (BlockHeader header : bundle.descendants()) {
            Optional<String> problem = trusted.contradiction(header);
            if (problem.isPresent()) {
                return problem;
            }
        }
        return trusted.contradiction(bundle.header());
    }

    private static Optional<String> header(ProofBundle bundle, EpochWalk walk) {
        return bundle.header().height() == 0
                ? genesis(bundle, walk.boundary())
                : walk.finalized(bundle.header(), bundle.descendants(), bundle.finalization());
    }

    /** Height 0 needs no signature: everybody derives it from the genesis. */
    private static Optional<String> genesis(ProofBundle bundle, Hash genesis) {
        boolean plain =
                bundle.links().isEmpty()
                        && bundle.descendants().isEmpty()
                        && bundle.finalization().isEmpty();
        return plain && bundle.header().hash().equals(genesis)
                ? Optional.empty()
                : Optional.of("the header of height 0 is not that of this genesis");
    }

    private static Optional<String> value(ProofBundle bundle) {
        boolean holds =
                bundle.proof()
                        .holds(bundle.header().stateRoot(), bundle.path().hash(), bundle.value());
        return holds
                ? Optional.empty()
                : Optional.of(
                        "the value at %s does not lead to the state root of height %d"
                                .formatted(bundle.path(), bundle.header().height()));
    }
}
